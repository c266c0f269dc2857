"""A decision names the digest it was made on; of other content it is refused, the words kept."""

import pytest

from klk_workflow.models import Document, Event, OutboxMail
from klk_workflow.perform import perform
from klk_workflow.refusals import ContentChanged

#: Every act that judges content, with who does it and in which state.
DECISIONS = [
    ("eingereicht", "weitergeben", "pruefung"),
    ("eingereicht", "ueberarbeitung_anfordern", "pruefung"),
    ("geprueft", "freigeben", "freigabe"),
    ("geprueft", "ueberarbeitung_anfordern", "freigabe"),
    ("freigegeben", "veroeffentlichen", "redaktion"),
]


def changed_meanwhile(world, document):
    """Back to the office, other words, and forth to the same state."""
    state = document.state
    if state == "eingereicht":
        world.do(document, "zuruecknehmen", "nw")
    else:
        world.do(document, "ueberarbeitung_anfordern", "freigabe", "Bitte ändern.")
    world.change(document, "Ganz andere Worte")
    world.bring(document, state)


@pytest.mark.parametrize(("state", "action", "who"), DECISIONS)
def test_what_changed_meanwhile_is_not_decided_on(world, type_key, state, action, who):
    document = world.document(type_key, state)
    seen, seen_seq = document.digest, document.event_count
    changed_meanwhile(world, document)
    before = Event.objects.count(), OutboxMail.objects.count(), document.state
    with pytest.raises(ContentChanged) as refusal:
        perform(
            document,
            action,
            by=world.people[who],
            seen_digest=seen,
            seen_seq=seen_seq,
            remark="Meine Worte",
        )
    document.refresh_from_db()
    assert (Event.objects.count(), OutboxMail.objects.count(), document.state) == before
    assert "Bemerkung ist noch da" in str(refusal.value)


@pytest.mark.parametrize(("state", "action", "who"), DECISIONS)
@pytest.mark.parametrize("seen", ["", "0" * 64, "nonsense"])
def test_who_saw_nothing_decides_nothing(world, type_key, state, action, who, seen):
    document = world.document(type_key, state)
    with pytest.raises(ContentChanged):
        perform(document, action, by=world.people[who], seen_digest=seen, remark="Words")
    assert Document.objects.get(pk=document.pk).state == state


def test_each_event_holds_the_digest_that_was_seen(world, type_key):
    document = world.start(type_key)
    world.write(document)
    for action, who in (
        ("einreichen", "nw"),
        ("weitergeben", "pruefung"),
        ("freigeben", "freigabe"),
        ("veroeffentlichen", "redaktion"),
    ):
        seen = document.digest
        assert world.do(document, action, who).digest == seen


def test_content_changed_behind_the_engine_stops_the_decision(world, type_key):
    """The stored digest is not believed: the content is computed anew."""
    document = world.document(type_key, "geprueft")
    section = document.parts()[0]
    type(section).objects.filter(pk=section.pk).update(title="Heimlich geändert")
    with pytest.raises(ContentChanged):
        world.do(document, "freigeben", "freigabe")


def test_an_urgent_withdrawal_does_not_wait_for_a_draft(world, type_key):
    """Redaktion judges the Fassung, not the draft that the office writes meanwhile."""
    document = world.document(type_key, "veroeffentlicht")
    seen = document.digest
    world.do(document, "neue_fassung", "nw", "Neue Zahlen")
    world.change(document, "Halb fertig")
    event = perform(
        document,
        "fassung_zurueckziehen",
        by=world.people["redaktion"],
        seen_digest=seen,
        edition=1,
        remark="Eine Anschrift steht darin.",
    )
    assert (event.edition_number, event.digest) == (1, seen)
