"""The Django app of a plugin."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class PluginConfig(AppConfig):
    """Declares what the plugin's `declaration` module names DOCUMENT_TYPE."""

    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the type with the engine."""
        from klk_workflow.types import declare

        declare(import_string(f"{self.name}.declaration.DOCUMENT_TYPE"))
