"""One winner: the second of two decisions hears why, and leaves no trace.

With competing connections: tests/concurrency.
"""

from collections import Counter

import pytest

from klk_workflow.models import Event, OutboxMail
from klk_workflow.perform import perform
from klk_workflow.refusals import WrongState
from tests.world import make_user


def test_the_second_approver_hears_who_was_faster(world, type_key):
    document = world.document(type_key, "geprueft")
    seen = document.digest
    world.do(document, "freigeben", "freigabe")
    with pytest.raises(WrongState, match="Freigegeben"):
        perform(document, "freigeben", by=world.people["freigabe2"], seen_digest=seen)
    assert Event.objects.filter(document=document, action="freigeben").count() == 1


def test_stale_objects_in_memory_decide_nothing(world, type_key):
    document = world.document(type_key, "geprueft")
    stale = type(document).objects.get(pk=document.pk)
    world.do(document, "ueberarbeitung_anfordern", "freigabe", "Bitte ändern.")
    with pytest.raises(WrongState):
        perform(stale, "freigeben", by=world.people["freigabe2"], seen_digest=stale.digest)


def test_everybody_concerned_gets_one_message_for_each_event(world, type_key):
    document = world.second_fassung(world.document(type_key, "veroeffentlicht"))
    for event in Event.objects.filter(document=document):
        sent = Counter(event.mails.values_list("to", flat=True))
        assert sent
        assert set(sent.values()) == {1}, event
    ids = OutboxMail.objects.values_list("message_id", flat=True)
    assert len(set(ids)) == len(ids)


def test_two_accounts_with_one_address_get_one_message(world, type_key):
    make_user("mitglied-nw-zweitzugang", "Mitglied", office=world.offices["nw"])
    for user in (world.people["nw"], world.people["nw2"]):
        user.email = "stelle@example.org"
        user.save()
    document = world.document(type_key, "eingereicht")
    event = world.do(document, "weitergeben", "pruefung")
    assert event.mails.filter(to="stelle@example.org").count() == 1


@pytest.mark.parametrize("again", ["with the number seen", "without it"])
def test_a_repeated_request_finds_its_own_event(world, type_key, again):
    document = world.document(type_key, "geprueft")
    seen, seq = document.digest, document.event_count
    first = world.do(document, "freigeben", "freigabe", seen_seq=seq)
    second = perform(
        document,
        "freigeben",
        by=world.people["freigabe"],
        seen_digest=seen,
        seen_seq=seq if again.startswith("with the") else None,
    )
    assert first == second
    assert Event.objects.filter(document=document).count() == seq + 1
    assert event_mails(first) == event_mails(second)


def event_mails(event):
    return sorted(event.mails.values_list("message_id", flat=True))


def test_withdrawing_the_second_of_two_fassungen_is_no_repetition_of_the_first(world, type_key):
    """Two tabs opened at the same moment, a Fassung withdrawn in each."""
    document = world.second_fassung(world.document(type_key, "veroeffentlicht"))
    seen, seq = document.digest, document.event_count
    events = [
        perform(
            document,
            "fassung_zurueckziehen",
            by=world.people["redaktion"],
            seen_digest=document.editions.get(number=number).digest,
            seen_seq=seq,
            edition=number,
            remark="Anschrift darin.",
        )
        for number in (1, 2)
    ]
    assert seen
    assert [event.edition_number for event in events] == [1, 2]
    assert not document.editions.filter(withdrawn_at=None).exists()


def test_another_date_is_no_repetition_of_the_first(world, type_key):
    from datetime import timedelta

    from klk_workflow import clock

    document = world.document(type_key, "freigegeben")
    seq, soon = document.event_count, clock.now() + timedelta(days=1)
    for date in (soon, soon + timedelta(days=1)):
        world.do(document, "termin_setzen", "redaktion", seen_seq=seq, date=date)
    assert document.scheduled_for == soon + timedelta(days=1)
