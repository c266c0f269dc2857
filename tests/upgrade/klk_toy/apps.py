"""A type of document that changes: as it was, or as it is after the migration."""

from klk_workflow.extending import plugin


class ToyConfig(plugin.PluginConfig):
    """Declares the type."""

    name = "tests.upgrade.klk_toy"
    label = "klk_toy"
