"""Invariant 3 with real connections: of two competing acts one wins, the other hears why."""

import time
from collections import Counter

import pytest
from django.db import connection, transaction

from klk_workflow.content.digest import document_digest
from klk_workflow.content.editing import save_fields, save_part
from klk_workflow.models import AgendaItem, Document, Edition, Event, OutboxMail, Section
from klk_workflow.models.meeting import put_on_agenda
from klk_workflow.perform import perform
from klk_workflow.refusals import Conflict, Refused, WrongState
from tests.world import TYPES, body

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("type_key", TYPES),
]


@pytest.fixture(autouse=True)
def _only_on_postgresql(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("NOT TESTED: competing connections need PostgreSQL")


def one_each(event):
    """Whether nobody got two messages about one Event."""
    return all(n == 1 for n in Counter(event.mails.values_list("to", flat=True)).values())


def deciding(world, document, action, who, **extra):
    digest = document.digest
    return lambda: perform(
        Document.objects.get(pk=document.pk),
        action,
        by=world.people[who],
        seen_digest=digest,
        **extra,
    )


def test_two_approvers_at_once_make_one_approval(world, at_once, type_key):
    document = world.document(type_key, "geprueft")
    results = at_once(
        deciding(world, document, "freigeben", "freigabe"),
        deciding(world, document, "freigeben", "freigabe2"),
    )
    refusals = [result for result in results if isinstance(result, Exception)]
    assert [type(refusal) for refusal in refusals] == [WrongState], results
    assert "Freigegeben" in str(refusals[0])
    event = Event.objects.get(document=document, action="freigeben")
    assert one_each(event)
    assert OutboxMail.objects.filter(event=event, to="redaktion@example.org").count() == 1


def test_approving_and_sending_back_at_once_leave_one_decision(world, at_once, type_key):
    document = world.document(type_key, "geprueft")
    results = at_once(
        deciding(world, document, "freigeben", "freigabe"),
        deciding(world, document, "ueberarbeitung_anfordern", "freigabe2", remark="Bitte ändern."),
    )
    kinds = sorted(type(result).__name__ for result in results)
    # Sent back after the approval is lawful, then both stand in the record, one after the other.
    actions = list(
        Event.objects.filter(document=document, seq__gt=2).order_by("seq").values_list("action")
    )
    if kinds == ["Event", "WrongState"]:
        assert len(actions) == 1
    else:
        assert kinds == ["Event", "Event"], results
        assert actions == [("freigeben",), ("ueberarbeitung_anfordern",)]
    chain_holds(document)


def test_pressing_twice_at_once_submits_once(world, at_once, type_key):
    document = world.document(type_key)
    act = deciding(world, document, "einreichen", "nw", seen_seq=0)
    first, second = at_once(act, act)
    assert first == second, (first, second)
    assert Event.objects.filter(document=document).count() == 1
    assert one_each(Event.objects.get(document=document))


def test_publishing_twice_at_once_makes_one_edition(world, at_once, type_key):
    document = world.document(type_key, "freigegeben")
    act = deciding(world, document, "veroeffentlichen", "redaktion", seen_seq=document.event_count)
    first, second = at_once(act, act)
    assert first == second, (first, second)
    assert Edition.objects.filter(document=document).count() == 1


def test_two_who_put_a_document_on_the_agenda_put_it_there_once(world, at_once, type_key):
    document = world.document(type_key, "eingereicht")
    results = at_once(*[lambda: put_on_agenda(document)] * 4)
    assert results.count(None) == 3, results
    assert AgendaItem.objects.filter(document=document.pk).count() == 1


def test_two_savers_of_one_section_lose_nothing(world, at_once, type_key):
    document = world.document(type_key)
    section = Section.objects.filter(document=document)[0]

    def saving(who, words):
        return lambda: save_part(
            Section.objects.get(pk=section.pk),
            by=world.people[who],
            seen_version=section.version,
            changes={"body": body(words)},
        )

    results = at_once(saving("nw", "Text von A"), saving("nw2", "Text von B"))
    conflict = next(result for result in results if isinstance(result, Exception))
    assert isinstance(conflict, Conflict), results
    stored = Section.objects.get(pk=section.pk)
    assert stored.version == section.version + 1
    assert conflict.current.plain_text() == stored.plain_text()
    digest_holds(document)


def test_two_savers_of_two_sections_both_win(world, at_once, type_key):
    document = world.document(type_key)
    one, two = Section.objects.filter(document=document)[:2]

    def saving(section, who, words):
        return lambda: save_part(
            section,
            by=world.people[who],
            seen_version=section.version,
            changes={"body": body(words)},
        )

    at_once(saving(one, "nw", "Text von A"), saving(two, "nw2", "Text von B"))
    texts = [s.plain_text().strip() for s in Section.objects.filter(document=document)[:2]]
    assert texts == ["Text von A", "Text von B"]
    digest_holds(document)


def test_two_savers_of_the_own_fields_do_not_overwrite_each_other(world, at_once, type_key):
    document = world.document(type_key)
    if not document.content_fields():
        pytest.skip("this type has no fields of its own")

    def saving(who, words):
        return lambda: save_fields(
            Document.objects.get(pk=document.pk),
            by=world.people[who],
            seen_version=document.version,
            changes={"legal_basis": words},
        )

    results = at_once(saving("nw", "Beschluss A"), saving("nw2", "Beschluss B"))
    assert sorted(type(r).__name__ for r in results) == ["Aktionsplan", "Conflict"], results
    digest_holds(document)


def test_nothing_is_written_into_what_was_submitted_meanwhile(world, at_once, type_key):
    document = world.document(type_key)
    section = Section.objects.filter(document=document)[0]

    def submit():
        with transaction.atomic():
            event = deciding(world, document, "einreichen", "nw")()
            time.sleep(0.5)
            return event

    def save():
        time.sleep(0.2)
        return save_part(
            section,
            by=world.people["nw2"],
            seen_version=section.version,
            changes={"body": body("Zu spät")},
        )

    submitted, refused = at_once(submit, save)
    assert isinstance(submitted, Event), submitted
    assert isinstance(refused, WrongState), refused
    assert "Eingereicht" in str(refused)
    digest_holds(document)
    assert Document.objects.get(pk=document.pk).digest == submitted.digest


def test_submitting_what_somebody_is_saving_is_refused(world, at_once, type_key):
    document = world.document(type_key)
    section = Section.objects.filter(document=document)[0]

    def save():
        with transaction.atomic():
            saved = save_part(
                section,
                by=world.people["nw2"],
                seen_version=section.version,
                changes={"body": body("Noch schnell ergänzt")},
            )
            time.sleep(0.5)
            return saved

    def submit():
        time.sleep(0.2)
        return deciding(world, document, "einreichen", "nw", remark="Fertig.")()

    saved, refused = at_once(save, submit)
    assert isinstance(saved, Section), saved
    assert isinstance(refused, Refused), refused
    assert not Event.objects.filter(document=document).exists()
    digest_holds(document)


def test_two_starters_of_one_document_meet_in_it(world, at_once, type_key):
    one, two = at_once(
        lambda: world.start(type_key, "nw").pk, lambda: world.start(type_key, "nw2").pk
    )
    assert one == two, (one, two)
    assert Document.objects.count() == 1


def digest_holds(document):
    """The stored digest is that of the stored content."""
    fresh = Document.objects.get(pk=document.pk).specific
    assert fresh.digest == document_digest(fresh, fresh.parts())


def chain_holds(document):
    """The Events form one chain up to the document's head."""
    before = ""
    for number, event in enumerate(Event.objects.filter(document=document).order_by("seq"), 1):
        assert (event.seq, event.prev) == (number, before)
        assert event.hash == event.compute_hash()
        before = event.hash
    fresh = Document.objects.get(pk=document.pk)
    assert (fresh.event_count, fresh.head) == (number, before)
