"""`manage.py verify`: recompute the whole record."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow.models import Document
from klk_workflow.verification import verify_document


class Command(BaseCommand):
    """Exit code 1 and the first broken link of each document if anything was changed."""

    help = _("Rechnet die Kette aller Vorgänge, Textstände und Fassungen nach.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One document, or all."""
        parser.add_argument("keys", nargs="*", help=_("Schlüssel einzelner Dokumente"))

    def handle(self, *_args: Any, keys: list[str], **_options: Any) -> None:
        """Check documents one after the other."""
        documents = Document.objects.order_by("natural_key")
        if keys:
            documents = documents.filter(natural_key__in=keys)
        checked, faults = 0, []
        for document in documents.iterator(chunk_size=100):
            fault = verify_document(document)
            checked += 1
            if fault:
                faults.append(fault)
                self.stderr.write(str(fault))
        if faults:
            said = ngettext(
                "%(n)d von %(checked)d Dokumenten ist nicht unversehrt.",
                "%(n)d von %(checked)d Dokumenten sind nicht unversehrt.",
                len(faults),
            )
            raise CommandError(said % {"n": len(faults), "checked": checked})
        said = ngettext(
            "%(n)d Dokument geprüft, alles unversehrt.",
            "%(n)d Dokumente geprüft, alles unversehrt.",
            checked,
        )
        self.stdout.write(said % {"n": checked})
