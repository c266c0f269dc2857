"""What is recorded beside the transitions stands in the same chain."""

import pytest

from klk_workflow import chain
from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Event
from klk_workflow.people import person_for


@pytest.fixture
def noted(bring, people, monkeypatch):
    monkeypatch.setitem(chain.NOTES, "gelesen", "gelesen")
    document = bring("eingereicht")
    chain.note(document, "gelesen", by=person_for(people["admin"]), role="Administration")
    return document


def test_a_note_moves_no_state_and_the_way_goes_on(noted, go):
    note = noted.events.get(seq=2)
    assert (note.from_state, note.to_state, note.revision_id) == ("eingereicht", "eingereicht", 0)
    assert str(chain.words(noted, note)) == "gelesen"
    go(noted, "weitergeben", "pruefung")
    noted.refresh_from_db()
    assert verify_document(noted) is None


def test_a_changed_note_is_found(noted):
    Event.objects.filter(seq=2).update(remark="anders")
    assert verify_document(noted).seq == 2


def test_an_event_without_text_that_is_no_note_is_found(noted, monkeypatch):
    monkeypatch.delitem(chain.NOTES, "gelesen")
    assert verify_document(noted).seq == 2
