"""`kill -9` at any point leaves the old state or the new, whole; then the same is tried again.

Each process is killed one point later than the one before and begins where that one left off: so
every attempt but the first is the retry after a crash.
"""

import os
from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction

from klk_workflow import clock
from klk_workflow.automation.outbox import send_waiting
from klk_workflow.automation.scheduling import publish_due
from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Document, Event, OutboxMail, Rendition
from klk_workflow.perform import perform
from klk_workflow.publication import renditions
from klk_workflow.publication.renditions import make_waiting
from tests.faults import killed_everywhere, record

#: What is tried: type, state before, the act, who, and more.
ACTS = {
    "submit": ("laenderbericht", "entwurf", "einreichen", "nw", {}),
    "publish": ("aktionsplan", "freigegeben", "veroeffentlichen", "redaktion", {}),
    "discard": ("aktionsplan", "veroeffentlicht", "neue_fassung_verwerfen", "nw", {}),
    "withdraw": (
        "laenderbericht",
        "veroeffentlicht",
        "fassung_zurueckziehen",
        "redaktion",
        {"edition": 1, "remark": "Eine Anschrift."},
    ),
}


@pytest.fixture
def prepared(world):
    """A function that leads a document with an attachment into a state."""

    def prepare(type_key, state):
        document = world.start(type_key)
        world.write(document)
        world.attach(document, content="Anlage")
        return world.bring(Document.objects.get().specific, state)

    return prepare


def killed(act):
    """Kill `act` everywhere: there is nothing but the old record, and from some point on one new.

    The new one has as many rows as when nobody is killed. Give the number of attempts.
    """
    with transaction.atomic():
        act()
        undisturbed = sizes(record())
        transaction.set_rollback(True)
    states = killed_everywhere(act, record)
    old, new = states[0], states[-1]
    turn = states.index(new)
    assert old != new
    assert states == [old] * turn + [new] * (len(states) - turn)
    assert sizes(new) == undisturbed
    return len(states)


def sizes(tables):
    return {name: len(rows) for name, rows in tables.items()}


def is_sound():
    return verify_document(Document.objects.get()) is None


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_done_or_it_is_not(world, prepared, act):
    type_key, state, action, who, more = ACTS[act]
    document = prepared(type_key, state)
    if act == "discard":
        world.do(document, "neue_fassung", "nw", "Neue Zahlen")
        world.change(document, "Was verworfen wird")
    digest = document.editions.get().digest if "edition" in more else document.digest
    seen_seq, by = document.event_count, world.people[who]

    def do():
        perform(document, action, by=by, seen_digest=digest, seen_seq=seen_seq, **more)

    assert killed(do) > 15
    assert Event.objects.filter(action=action).count() == 1
    assert is_sound()


def test_the_worker_publishes_at_the_date_or_it_does_not(world, prepared):
    document = prepared("laenderbericht", "freigegeben")
    date = clock.now() + timedelta(minutes=1)
    world.do(document, "termin_setzen", "redaktion", date=date)

    def work():
        with clock.at(date):
            publish_due()

    assert killed(work) > 20
    assert Event.objects.filter(action="veroeffentlichen").count() == 1
    assert is_sound()


def test_a_pdf_is_there_with_its_event_or_it_is_not(prepared, monkeypatch):
    prepared("laenderbericht", "veroeffentlicht")
    content = b"%PDF made once " * 9000
    here = os.getpid()  # undisturbed it is another file, so that the killed ones write theirs
    monkeypatch.setattr(renditions, "pdf", lambda _: b"%PDF" if os.getpid() == here else content)
    assert killed(make_waiting) > 10
    assert is_sound()
    with Rendition.objects.get().open() as stored:
        assert stored.read() == content


def test_a_mail_is_sent_at_least_once_and_always_as_the_same(prepared, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    prepared("laenderbericht", "eingereicht")
    wanted = set(OutboxMail.objects.values_list("message_id", flat=True))
    killed_everywhere(send_waiting, lambda: None)
    lines = [line for file in tmp_path.iterdir() for line in file.read_text().splitlines()]
    sent = Counter(line.split(": ", 1)[1] for line in lines if line.startswith("Message-ID"))
    assert set(sent) == wanted
    assert max(sent.values()) > 1  # killed after sending, before it was noted
    assert not OutboxMail.objects.filter(sent_at=None).exists()
