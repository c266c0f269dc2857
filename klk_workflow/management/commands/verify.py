"""`manage.py verify`: recompute the whole record."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow.evidence import export, heads
from klk_workflow.evidence.verification import Fault, faults_of, strays, verify_document
from klk_workflow.management.progress import progress
from klk_workflow.models import Document


class Command(BaseCommand):
    """Exit code 1 and the first broken link of each document if anything was changed."""

    help = _("Rechnet die Kette aller Vorgänge, Textstände und Fassungen nach.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One document or all, from here or from an export; lists of heads kept elsewhere."""
        parser.add_argument("keys", nargs="*", help=_("Schlüssel einzelner Dokumente"))
        kept = _("Liste von Kettenenden, die anderswo aufbewahrt wurde (mehrmals möglich)")
        parser.add_argument("--heads", type=Path, action="append", default=[], help=kept)
        alone = _("statt der Datenbank diese Ausfuhr prüfen")
        parser.add_argument("--export", type=Path, help=alone)

    def handle(
        self, *_args: Any, keys: list[str], heads: list[Path], export: Path | None, **_options: Any
    ) -> None:
        """Check documents one after the other, then the lists."""
        self.checked = 0
        found = self._exported(export) if export else self._stored(keys)
        faults = [*self._said(found), *self._said(_from_lists(heads))]
        if faults:
            said = ngettext(
                "%(n)d Bruch gefunden, %(checked)d Dokumente geprüft.",
                "%(n)d Brüche gefunden, %(checked)d Dokumente geprüft.",
                len(faults),
            )
            raise CommandError(said % {"n": len(faults), "checked": self.checked})
        said = ngettext(
            "%(n)d Dokument geprüft, alles unversehrt.",
            "%(n)d Dokumente geprüft, alles unversehrt.",
            self.checked,
        )
        self.stdout.write(said % {"n": self.checked})

    def _said(self, faults: Iterator[Fault]) -> Iterator[Fault]:
        for fault in faults:
            self.stderr.write(str(fault))
            yield fault

    def _stored(self, keys: list[str]) -> Iterator[Fault]:
        documents = Document.everything.order_by("natural_key")
        if keys:
            documents = documents.filter(natural_key__in=keys)
        missing = set(keys) - set(documents.values_list("natural_key", flat=True))
        if missing:
            raise CommandError(_("Nicht gefunden: %(keys)s") % {"keys": ", ".join(sorted(missing))})
        rows = documents.iterator(chunk_size=100)
        for document in progress(rows, documents.count(), self.stderr):
            self.checked += 1
            if fault := verify_document(document):
                yield fault
        for number in [] if keys else strays():
            yield Fault("–", 0, _("Textstand %(n)d gehört zu keinem Vorgang") % {"n": number})

    def _exported(self, path: Path) -> Iterator[Fault]:
        try:
            for found in export.read(path):
                self.checked += 1
                if fault := faults_of(found):
                    yield fault
        except (OSError, ValueError) as error:
            raise CommandError(_("Das ist keine Ausfuhr: %(path)s") % {"path": path}) from error


def _from_lists(paths: list[Path]) -> Iterator[Fault]:
    for path in paths:
        try:
            yield from heads.faults(heads.read(path.read_text()))
        except (OSError, heads.NotAList) as error:
            raise CommandError(f"{path}: {error}") from error
