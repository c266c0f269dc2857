"""Acting on documents: the ways open to a person, and taking one through `perform`."""

from django.http import Http404, HttpRequest
from ninja import Router

from klk_workflow.admin.acting.offers import offers
from klk_workflow.admin.doors import document_of_type
from klk_workflow.api import auth
from klk_workflow.api.conditions import once, seen
from klk_workflow.api.documents import find
from klk_workflow.api.schemas import ActIn, EventOut, TransitionOut
from klk_workflow.models import Document
from klk_workflow.people import Person
from klk_workflow.perform import perform
from klk_workflow.permissions import Access, access, may

router = Router(tags=["transitions"])


@router.get(
    "/documents/{int:pk}/transitions",
    response=list[TransitionOut],
    auth=auth.READ,
    operation_id="transitions",
)
def transitions(request: HttpRequest, pk: int) -> list[TransitionOut]:
    """The ways that your role may take from the present state, and what stands against each."""
    person = auth.person_of(request)
    found = find(person, pk)
    return [
        TransitionOut(
            action=offer.way.key,
            label=str(offer.way.label),
            target=offer.way.target or found.state,
            remark=offer.way.remark.value,
            reasons=[str(reason) for reason in offer.reasons],
        )
        for offer in offers(found, person, found.parts(), found.digest)
    ]


@router.post(
    "/documents/{int:pk}/transitions/{str:action}",
    response=EventOut,
    auth=auth.ACT,
    operation_id="act",
)
def act(request: HttpRequest, pk: int, action: str, payload: ActIn) -> dict[str, object]:
    """Take a way. If-Match names the digest of the content (or Fassung) that you judged.

    With an Idempotency-Key the same request gives the same answer, however often it comes.
    """
    person = auth.person_of(request)
    document = _to_act_on(person, pk, action)
    digest = seen(request)

    def carry_out() -> dict[str, object]:
        event = perform(
            document,
            action,
            by=person,
            seen_digest=digest,
            remark=payload.remark,
            edition=payload.edition,
            date=payload.date,
            details=payload.details,
            channel="api",
        )
        return EventOut.of(event).dict()

    return once(request, carry_out)


def _to_act_on(person: Person, pk: int, action: str) -> Document:
    """The document, if the person meets it or may do this with one of its Fassungen."""
    document = document_of_type(pk)
    if not document.workflow.has(action):
        raise Http404
    way = document.workflow.transition(action)
    knows_fassung = way.on_edition and document.has_edition and may(person, document, way)
    if access(person, document) == Access.NONE and not knows_fassung:
        raise Http404
    return document
