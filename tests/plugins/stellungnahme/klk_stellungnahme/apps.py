"""The Django app."""

from klk_workflow.extending import plugin


class StellungnahmeConfig(plugin.PluginConfig):
    """Declares the type, see declaration.py."""

    name = "klk_stellungnahme"
    verbose_name = "Stellungnahmen"
