"""Django app of the Vorhaben."""

from klk_workflow.extending import plugin


class VorhabenConfig(plugin.PluginConfig):
    """Declares the type."""

    name = "tests.toys.vorhaben"
    label = "klk_vorhaben"
    verbose_name = "Vorhaben"
