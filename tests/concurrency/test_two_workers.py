"""Two workers at the same minute: real processes, both databases."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction

from klk_workflow import clock
from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Document, Edition, Event, Rendition
from klk_workflow.perform import lock
from tests.processes import Gate, announce_lock, start, wait

WORKERS = 2


@pytest.fixture
def gates():
    made = Gate(), Gate()
    yield made
    for gate in made:
        gate.close()


def test_a_date_is_met_once_although_two_workers_see_it(world, gates):
    document = world.document("laenderbericht", "freigegeben")
    date = clock.now() + timedelta(minutes=1)
    world.do(document, "termin_setzen", "redaktion", date=date)
    begin, at_the_lock = gates

    def work():
        begin.wait_for(1)
        with clock.at(date), announce_lock(at_the_lock):
            call_command("worker", once=True)

    workers = [start(work) for _each in range(WORKERS)]
    with transaction.atomic():
        lock(document)
        for _each in workers:
            begin.arrive()
        at_the_lock.wait_for(WORKERS)
    assert [wait(pid) for pid in workers] == [0, 0]
    assert Edition.objects.count() == 1
    published = Event.objects.get(action="veroeffentlichen")
    assert published.mails.count() == published.mails.values("to").distinct().count() > 0
    assert not published.mails.filter(sent_at=None).exists()
    assert Rendition.objects.count() == Event.objects.filter(action="pdf_erstellt").count() == 1
    assert verify_document(Document.objects.get()) is None
