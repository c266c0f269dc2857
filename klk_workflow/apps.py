"""Django app of the engine."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class KlkWorkflowConfig(AppConfig):
    """Registers checks and the reversion of documents once every plugin has declared its types."""

    name = "klk_workflow"
    label = "klk_workflow"
    verbose_name = _("Dokumente der KLK")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the system checks and protect the record; types register themselves."""
        from klk_workflow import checks  # noqa: F401
        from klk_workflow.deletion import keeping
        from klk_workflow.extending import checks as of_plugins  # noqa: F401
        from klk_workflow.extending import switches

        post_migrate.connect(switches.look_again, sender=self)
        keeping.connect()
