"""The invented conference's next meetings with their agendas, and a deputy for its holidays."""

from datetime import timedelta

from klk_workflow import clock
from klk_workflow.demo.people import Cast
from klk_workflow.models import AgendaItem, Deputyship, Document, Meeting
from klk_workflow.models.meeting import put_on_agenda
from klk_workflow.workflows.definition import Effect

#: (name, days from now, how long, kind, place)
MEETINGS = (
    ("Sitzung der Beispielkonferenz", 24, 1, Meeting.Kind.IN_PERSON, "Erfurt (Beispiel)"),
    (
        "Online-Treffen der Beispielkonferenz",
        110,
        0,
        Meeting.Kind.ONLINE,
        "Zugang folgt (Beispiel)",
    ),
    ("Frühere Sitzung der Beispielkonferenz", -160, 1, Meeting.Kind.IN_PERSON, "Mainz (Beispiel)"),
)
#: So many approved documents are on the next agenda.
DISCUSSED = 3


def load_meetings() -> None:
    """Meetings past and to come; on the next agenda what all can read before they meet."""
    for title, days, more, kind, place in MEETINGS:
        first = clock.today() + timedelta(days=days)
        meeting = Meeting.objects.create(
            title=title, kind=kind, place=place, begins=first, ends=first + timedelta(days=more)
        )
        AgendaItem.objects.create(meeting=meeting, title="Begrüßung", sort_order=-2)
        meeting.complete()
    for document in _approved()[:DISCUSSED]:
        put_on_agenda(document)


def _approved() -> list[Document]:
    return [
        document
        for document in Document.objects.order_by("natural_key")
        if any(
            way.effect == Effect.MAKE_EDITION for way in document.workflow.leaving(document.state)
        )
    ]


def load_deputy(cast: Cast) -> None:
    """Somebody who approves is away in two weeks' time; rights of today change for nobody."""
    first = clock.today() + timedelta(days=14)
    Deputyship.objects.create(
        represented=cast.users["freigabe-2"],
        deputy=cast.users["mitglied-by-2"],
        begins=first,
        ends=first + timedelta(days=13),
    )
