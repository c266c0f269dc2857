"""The settings of the tests, with the toys in place of the built-in plugins."""

import os

os.environ["KLK_BUILT_IN_PLUGINS"] = ""

from klk_site.settings.testing import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.toys.umfrage", "tests.toys.vorhaben"]  # noqa: F405
