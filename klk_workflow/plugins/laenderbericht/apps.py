"""Django app of the Länderbericht."""

from django.utils.translation import gettext_lazy as _

from klk_workflow.extending import plugin


class LaenderberichtConfig(plugin.PluginConfig):
    """Declares the type."""

    name = "klk_workflow.plugins.laenderbericht"
    label = "klk_laenderbericht"
    verbose_name = _("Länderberichte")
