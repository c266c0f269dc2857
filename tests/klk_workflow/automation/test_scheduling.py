"""Publishing at a set time: at its minute, once, only what was approved, and nothing before."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from klk_workflow import clock
from klk_workflow.automation import scheduling
from klk_workflow.automation.scheduling import publish_due
from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Document, Edition, Event, Section
from tests.klk_workflow.admin.conftest import at
from tests.world import REPORT, TYPES, World

DATE = datetime(2031, 5, 2, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_fresh_worker(monkeypatch):
    monkeypatch.setattr(scheduling, "_said", set())


@pytest.fixture
def world(db):
    return World()


@pytest.fixture(params=TYPES)
def dated(world, request):
    document = world.document(request.param, "freigegeben")
    world.do(document, "termin_setzen", "redaktion", date=DATE)
    return document


def due(moment=DATE):
    with clock.at(moment):
        return publish_due()


def test_it_appears_at_its_minute_and_once(dated):
    assert due(DATE - timedelta(seconds=1)) == 0
    assert (due(), due()) == (1, 0)
    edition = Edition.objects.get()
    assert edition.published_at == DATE
    event = Event.objects.get(action="veroeffentlichen")
    assert (event.channel, event.actor_role, event.digest) == ("worker", "System", dated.digest)
    dated.refresh_from_db()
    assert (dated.state, dated.scheduled_for) == ("veroeffentlicht", None)
    assert verify_document(dated) is None


def test_a_missed_run_is_caught_up_with_the_real_moment(world):
    documents = [world.document(REPORT, "freigegeben", nth=n) for n in range(2)]
    for n, document in enumerate(documents):
        world.do(document, "termin_setzen", "redaktion", date=DATE + timedelta(days=n))
    assert due(DATE + timedelta(days=9)) == 2
    assert [e.document_id for e in Edition.objects.order_by("pk")] == [d.pk for d in documents]
    assert {e.published_at for e in Edition.objects.all()} == {DATE + timedelta(days=9)}


def test_before_its_minute_the_public_finds_nothing(dated, client):
    folder = f"/{dated.type.slug}/"
    for address in (f"/{dated.path}/", f"/{dated.path}/fassung/1/", f"/{dated.path}/fassung/2/"):
        assert client.get(address).status_code == 404
    for address in (folder, "/berichte-und-plaene/", "/"):
        assert dated.path not in client.get(address).content.decode()
    due()
    cache.clear()  # what a commit forgets, a test's transaction does not
    assert client.get(f"/{dated.path}/").status_code == 200
    assert dated.path in client.get(folder).content.decode()


def test_what_is_sent_back_loses_its_date_for_good(world, dated):
    world.do(dated, "ueberarbeitung_anfordern", "redaktion", "Eine Zahl stimmt nicht.")
    assert dated.scheduled_for is None
    world.change(dated, "Neue Zahl")
    world.bring(dated, "freigegeben")
    assert due(DATE + timedelta(days=1)) == 0
    assert not Edition.objects.exists()


def test_a_text_that_is_not_the_approved_one_does_not_appear(world, dated, caplog):
    Section.objects.filter(document=dated).update(title="Unter der Hand geändert")
    other = world.document(REPORT, "freigegeben", nth=3)
    world.do(other, "termin_setzen", "redaktion", date=DATE + timedelta(hours=1))
    assert due(DATE + timedelta(hours=2)) == 1
    assert due(DATE + timedelta(hours=2)) == 0
    assert Edition.objects.get().document_id == other.pk
    assert dated.natural_key in caplog.text
    assert len(caplog.records) == 1  # said once, although it is tried again and again
    dated.refresh_from_db()
    assert (dated.state, dated.scheduled_for) == ("freigegeben", DATE)


def test_one_that_fails_holds_up_no_other(world, dated, monkeypatch, caplog):
    other = world.document(REPORT, "freigegeben", nth=3)
    world.do(other, "termin_setzen", "redaktion", date=DATE + timedelta(hours=1))
    perform = scheduling.perform

    def fails(document, *args, **kwargs):
        if document.pk == dated.pk:
            raise ZeroDivisionError
        return perform(document, *args, **kwargs)

    monkeypatch.setattr(scheduling, "perform", fails)
    assert due(DATE + timedelta(hours=2)) == 1
    assert Edition.objects.get().document_id == other.pk
    assert dated.natural_key in caplog.text


def test_a_date_moved_meanwhile_is_the_one_that_counts(world, dated, monkeypatch):
    """Between the worker's look and its lock the Redaktion puts it off."""
    lock = scheduling.lock

    def late(document):
        world.do(dated, "termin_setzen", "redaktion", date=DATE + timedelta(days=1))
        return lock(document)

    monkeypatch.setattr(scheduling, "lock", late)
    assert due() == 0
    assert not Edition.objects.exists()


def test_a_date_lifted_is_none(world, dated):
    world.do(dated, "termin_aufheben", "redaktion")
    assert due() == 0


SPRING = [("2026-03-29", "02:30"), ("2027-03-28", "02:00")]
AUTUMN = [
    ("2026-10-25", "02:30", "1", "2026-10-25T00:30:00+00:00"),
    ("2026-10-25", "02:30", "2", "2026-10-25T01:30:00+00:00"),
    ("2027-10-31", "02:00", "1", "2027-10-31T00:00:00+00:00"),
    ("2027-10-31", "02:59", "2", "2027-10-31T01:59:00+00:00"),
]
PLAIN = [
    ("2026-03-29", "03:00", "2026-03-29T01:00:00+00:00"),
    ("2026-03-29", "01:59", "2026-03-29T00:59:00+00:00"),
    ("2027-03-28", "03:30", "2027-03-28T01:30:00+00:00"),
    ("2026-10-25", "03:00", "2026-10-25T02:00:00+00:00"),
    ("2027-10-31", "01:59", "2027-10-30T23:59:00+00:00"),
    ("2027-07-01", "08:00", "2027-07-01T06:00:00+00:00"),
]


@pytest.fixture
def set_date(world, client):
    """A function that asks for a date through the form; gives the page and the stored moment."""
    with clock.at(datetime(2026, 1, 5, 9, tzinfo=UTC)):
        document = world.document(REPORT, "freigegeben")
        client.force_login(world.people["redaktion"])

        def ask(day, hour, which=""):
            data = {"day": day, "hour": hour, "which": which, "seen_digest": document.digest}
            data["seen_seq"] = document.event_count
            answer = client.post(at("handeln", document.pk, "termin_setzen"), data)
            stored = Document.objects.get().scheduled_for
            return answer.content.decode(), stored.isoformat() if stored else None

        yield ask


@pytest.mark.parametrize(("day", "hour"), SPRING)
def test_an_hour_that_does_not_exist_is_asked_back(set_date, day, hour):
    page, stored = set_date(day, hour)
    assert "Diese Uhrzeit gibt es an dem Tag nicht" in page
    assert stored is None


@pytest.mark.parametrize(("day", "hour", "which", "moment"), AUTUMN)
def test_an_hour_that_exists_twice_is_asked_back_and_then_meant(set_date, day, hour, which, moment):
    page, stored = set_date(day, hour)
    assert "Diese Uhrzeit gibt es an dem Tag zweimal" in page
    assert stored is None
    assert set_date(day, hour, which)[1] == moment


@pytest.mark.parametrize(("day", "hour", "moment"), PLAIN)
def test_every_other_hour_is_the_one_on_the_wall(set_date, day, hour, moment):
    assert set_date(day, hour)[1] == moment
