"""`manage.py export`: the record of documents in one file, to be verified elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow.evidence.export import write
from klk_workflow.management.progress import progress
from klk_workflow.models import Document


class Command(BaseCommand):
    """Exit code 1 if a document named does not exist."""

    help = _("Schreibt Vorgänge, Textstände und Fassungen in eine Datei (vertraulich).")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which documents, and where to."""
        parser.add_argument("keys", nargs="*", help=_("Schlüssel einzelner Dokumente"))
        parser.add_argument("file", type=Path, help=_("ZIP-Datei, die geschrieben wird"))
        parser.add_argument("--all", dest="whole", action="store_true", help=_("alle Dokumente"))

    def handle(
        self, *_args: Any, keys: list[str], file: Path, whole: bool, **_options: Any
    ) -> None:
        """Write one document after the other."""
        if bool(keys) == whole:
            raise CommandError(_("Nennen Sie entweder Schlüssel oder --all."))
        documents = Document.everything.order_by("natural_key")
        if keys:
            documents = documents.filter(natural_key__in=keys)
        total = documents.count()
        if keys and total < len(set(keys)):
            raise CommandError(_("Nicht alle diese Dokumente gibt es."))
        rows = write(file, documents.iterator(chunk_size=100))
        written = sum(1 for _document in progress(rows, total, self.stderr))
        said = ngettext("%(n)d Dokument geschrieben.", "%(n)d Dokumente geschrieben.", written)
        self.stdout.write(said % {"n": written})
