"""The worker: each step for itself, and what a process that died left unsaid is said."""

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from klk_workflow.management.commands import worker
from klk_workflow.models import OutboxMail
from klk_workflow.publication.announcing import announce_missed
from tests.world import REPORT, World


@pytest.fixture(autouse=True)
def _the_connection_of_the_test_stays(monkeypatch):
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


@pytest.fixture
def world(db):
    return World()


def test_a_step_that_fails_holds_up_no_other_and_is_said(world, monkeypatch, caplog):
    world.document(REPORT, "eingereicht")

    def breaks():
        raise ZeroDivisionError

    monkeypatch.setattr(worker, "STEPS", (breaks, *worker.STEPS))
    with pytest.raises(CommandError, match="breaks"):
        call_command("worker", once=True)
    assert "ZeroDivisionError" in caplog.text
    assert not OutboxMail.objects.filter(sent_at=None).exists()


@pytest.mark.parametrize(
    ("action", "more", "said"),
    [
        ("fassung_zurueckziehen", {"remark": "Anschrift.", "edition": 1}, "wurde zurückgezogen"),
        ("archivieren", {}, "Archiviert."),
    ],
)
def test_what_nobody_was_told_of_after_a_crash_is_told_by_the_worker(
    world, client, django_capture_on_commit_callbacks, action, more, said
):
    """The commit went through, what waits for it did not: other processes still have the page."""
    document = world.document(REPORT, "veroeffentlicht")

    def asked():
        return client.get(f"/{document.path}/").content.decode()

    told = django_capture_on_commit_callbacks
    with told(execute=True):
        announce_missed()
    first = asked()
    world.do(document, action, "redaktion", **more)  # in a test nothing follows the commit
    assert asked() == first
    with told(execute=True):
        assert announce_missed() == 1
    assert said in asked()
    assert said not in first
    with told() as callbacks:
        assert announce_missed() == 0
    assert callbacks == []


def test_with_an_empty_cache_all_is_announced(world):
    for nth in range(2):
        world.document(REPORT, "veroeffentlicht", nth=nth)
    assert announce_missed() == 2
    cache.clear()
    assert announce_missed() == 2
