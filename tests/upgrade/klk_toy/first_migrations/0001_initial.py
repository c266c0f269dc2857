"""All the migrations there were before the upgrade."""  # noqa: N999

from importlib import import_module

Migration = import_module("tests.upgrade.klk_toy.migrations.0001_initial").Migration
