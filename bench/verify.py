"""`manage.py verify`: Events for each second, against hashing the same bytes once."""

from hashlib import sha256
from time import process_time

from reversion.models import Version

from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Document

ROUNDS = 3


def compare(document: Document) -> None:
    """Verify a document of many Events, and print how much longer it takes than bare hashing."""
    document = Document.objects.get(pk=document.pk)
    ours, bare = [], []
    for _round in range(ROUNDS):
        began = process_time()
        fault = verify_document(document)
        ours.append(process_time() - began)
        if fault:
            raise RuntimeError(str(fault))
        began = process_time()
        _hash(document)
        bare.append(process_time() - began)
    rate, ratio = document.event_count / min(ours), min(ours) / min(bare)
    print(f"verify   {rate:.0f} Events per second; time / hashing the same bytes = {ratio:.1f}")


def _hash(document: Document) -> None:
    """Read all that is kept of the document from the database, and hash it once."""
    revisions = list(document.events.values_list("revision_id", flat=True))
    rows = Version.objects.filter(revision_id__in=revisions).order_by("pk")
    for row in rows.values_list("object_repr", "serialized_data").iterator():
        sha256("".join(row).encode()).digest()
    for row in document.events.order_by("seq").values_list().iterator():
        sha256(repr(row).encode()).digest()
