"""The demo: an invented conference with its documents, and the website's example pages."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from home.demo import load_pages


class Command(BaseCommand):
    """Load the demo into an empty database; run again, it changes nothing."""

    help = _("Lädt die Demo-Konferenz und die Beispielseiten der Website.")

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load documents first, pages last."""
        call_command("demo_conference")
        self.stdout.write(_("Beispielseiten der Website …"))
        load_pages()
