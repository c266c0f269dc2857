"""`manage.py demo_conference`: a conference of invented people with example texts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from klk_workflow.demo.load import is_loaded, load


class Command(BaseCommand):
    """Load the demo conference once; refused in production."""

    help = _("Lädt die Demo-Konferenz: erfundene Personen, Beispieltexte.")

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do nothing when the demo is there already."""
        if settings.KLK_ENVIRONMENT == "production":
            raise CommandError(_("Die Demo-Konferenz gibt es nicht im echten Betrieb."))
        if is_loaded():
            self.stdout.write(_("Die Demo-Konferenz ist schon da."))
            return
        load()
        self.stdout.write(_("Die Demo-Konferenz ist geladen."))
