"""Who is named for a step: what the record says of it. `klk_workflow.workflows.naming` names."""

from collections.abc import Iterable
from typing import Final

from django.db.models import F, OuterRef, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from klk_workflow.models import Document, Event

#: The note that a naming leaves. Its data say for which `way`, and the number of the `person` as
#: text, empty where a naming was taken back. It holds for its round alone.
NAMED: Final = "benannt"


def person_for(way: str, events: Iterable[Event]) -> int | None:
    """The number of the person named for this way, of the Events of one round in order."""
    found = None
    for event in events:
        if event.action == NAMED and event.data["way"] == way:
            found = int(event.data["person"] or 0) or None
    return found


def for_many(documents: Iterable[Document]) -> dict[int, int]:
    """Who is named for a way that leaves the present state of each of these; one query."""
    by_pk = {document.pk: document for document in documents}
    rows = Event.objects.filter(document_id__in=list(by_pk), action=NAMED).order_by("seq")
    found: dict[int, int] = {}
    for event in rows.filter(round=F("document__round")):
        if event.from_state == by_pk[event.document_id].state:
            found[event.document_id] = int(event.data["person"] or 0)
    return {pk: person for pk, person in found.items() if person}


def in_query() -> Coalesce:
    """The same, as text, for the rows of a query on documents; empty for nobody."""
    rows = Event.objects.filter(
        document=OuterRef("pk"),
        round=OuterRef("round"),
        from_state=OuterRef("state"),
        action=NAMED,
    )
    last = rows.annotate(named=KeyTextTransform("person", "data")).order_by("-seq")
    return Coalesce(Subquery(last.values("named")[:1]), Value(""), output_field=TextField())
