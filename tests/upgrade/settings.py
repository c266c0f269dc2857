"""The settings of the tests, with a type of document that a migration changes."""

import os

from klk_site.settings.testing import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.upgrade.klk_toy"]  # noqa: F405
if os.environ["KLK_TOY"] == "before":
    MIGRATION_MODULES = {"klk_toy": "tests.upgrade.klk_toy.first_migrations"}
