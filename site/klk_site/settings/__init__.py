"""Django's settings, one module for each subject. Every value that differs from machine to
machine comes from an environment variable; docs/settings.md is their table.
"""

from klk_site.settings.apps import *
from klk_site.settings.data import *
from klk_site.settings.env import KLK_BASE_URL, KLK_ENVIRONMENT  # noqa: F401
from klk_site.settings.evidence import *
from klk_site.settings.language import *
from klk_site.settings.login import *
from klk_site.settings.operator import *
from klk_site.settings.security import *
from klk_site.settings.wagtail import *
