"""Django app of the Aktionsplan."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AktionsplanConfig(AppConfig):
    """Declares the type."""

    name = "klk_workflow.plugins.aktionsplan"
    label = "klk_aktionsplan"
    verbose_name = _("Aktionspläne")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the engine."""
        from klk_workflow.plugins.aktionsplan.declaration import AKTIONSPLAN
        from klk_workflow.types import declare

        declare(AKTIONSPLAN)
