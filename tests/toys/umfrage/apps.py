"""Django app of the Umfrage."""

from klk_workflow.extending import plugin


class UmfrageConfig(plugin.PluginConfig):
    """Declares the type."""

    name = "tests.toys.umfrage"
    label = "klk_umfrage"
    verbose_name = "Umfragen"
