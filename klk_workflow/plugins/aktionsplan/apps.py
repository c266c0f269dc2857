"""Django app of the Aktionsplan."""

from django.utils.translation import gettext_lazy as _

from klk_workflow.extending import plugin


class AktionsplanConfig(plugin.PluginConfig):
    """Declares the type."""

    name = "klk_workflow.plugins.aktionsplan"
    label = "klk_aktionsplan"
    verbose_name = _("Aktionspläne")
