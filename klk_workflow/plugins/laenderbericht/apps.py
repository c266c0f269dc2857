"""Django app of the Länderbericht."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LaenderberichtConfig(AppConfig):
    """Declares the type."""

    name = "klk_workflow.plugins.laenderbericht"
    label = "klk_laenderbericht"
    verbose_name = _("Länderberichte")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the engine."""
        from klk_workflow.plugins.laenderbericht.declaration import LAENDERBERICHT
        from klk_workflow.types import declare

        declare(LAENDERBERICHT)
