"""`manage.py prune`: old texts that were never handed in, approved or published."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow import clock
from klk_workflow.deletion.pruning import prune
from klk_workflow.management.progress import progress
from klk_workflow.models import Document


class Command(BaseCommand):
    """What was submitted, approved or published stays for ever."""

    help = _("Entfernt alte Textstände, die nie eingereicht oder freigegeben waren.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How old."""
        days = _("älter als so viele Tage (Vorgabe: zwei Jahre)")
        parser.add_argument("--days", type=int, default=730, help=days)

    def handle(self, *_args: Any, days: int, **_options: Any) -> None:
        """One document after the other, each in a transaction of its own."""
        before = clock.now() - timedelta(days=days)
        documents = Document.objects.order_by("pk")
        gone = 0
        for document in progress(documents.iterator(), documents.count(), self.stderr):
            gone += len(prune(document, before))
        said = ngettext("%(n)d Textstand entfernt.", "%(n)d Textstände entfernt.", gone)
        self.stdout.write(said % {"n": gone})
