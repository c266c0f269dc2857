"""`manage.py seal`: what happened before there was a key gets its seal, once it was verified."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow.evidence import record, seals
from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Document, Event


class Command(BaseCommand):
    """Exit code 1 if there is no key or a document is not whole; that one stays unsealed."""

    help = _("Versiegelt Vorgänge aus der Zeit vor dem Schlüssel, nachdem sie geprüft sind.")

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Verify and seal one document after the other."""
        if not seals.public_key():
            raise CommandError(_("Es ist kein Schlüssel gesetzt (KLK_SIGNING_KEY)."))
        sealed, broken = 0, 0
        for pk in Document.objects.order_by("natural_key").values_list("pk", flat=True):
            with transaction.atomic():
                document = Document.objects.select_for_update().get(pk=pk)
                fault = verify_document(document, bare=True)
                if fault:
                    self.stderr.write(str(fault))
                    broken += 1
                    continue
                sealed += _seal(document)
        self.stdout.write(
            ngettext("%(n)d Vorgang versiegelt.", "%(n)d Vorgänge versiegelt.", sealed)
            % {"n": sealed}
        )
        if broken:
            raise CommandError(_("Was nicht unversehrt ist, bleibt unversiegelt."))


def _seal(document: Document) -> int:
    events = record.load(document.specific).events
    bare = [event for event in events if not event.seal]
    for event in bare:
        event.seal = seals.seal(event.hash)
    Event.objects.bulk_update(bare, ["seal"], batch_size=200)
    return len(bare)
