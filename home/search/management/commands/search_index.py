"""Write the search index anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.search import engine, index


class Command(BaseCommand):
    """From what is public now; to be run after an upgrade. Readers meanwhile find the old one."""

    help = _("Baut den Suchindex der Website neu auf.")

    def handle(self, *_args: Any, verbosity: int = 1, **_options: Any) -> None:
        """Rebuild in one transaction."""
        engine.prepare()
        number = index.rebuild()
        if not verbosity:
            return
        said = ngettext("%(n)d Eintrag in der Suche", "%(n)d Einträge in der Suche", number)
        self.stdout.write(said % {"n": number})
