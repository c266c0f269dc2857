"""The settings of the tests, with a type of document that a migration changes."""

from klk_site.settings.testing import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.upgrade.klk_toy"]  # noqa: F405
