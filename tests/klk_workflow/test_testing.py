"""What a plugin's author tests with: every kind of decision is led to its Fassung."""

import pytest

from klk_workflow import testing
from klk_workflow.evidence.verification import verify_document
from klk_workflow.models.document import _generate_transitions
from klk_workflow.registry import registry
from klk_workflow.roles import MITGLIED, PRUEFUNG
from klk_workflow.workflows.definition import Quorum, Unit
from tests.klk_workflow.joint import with_consent
from tests.world import PLAN

PLAN_MODEL = registry.get(PLAN).model


@pytest.fixture
def use(monkeypatch):
    """A function that puts new documents under this workflow."""

    def use(workflow):
        _generate_transitions(PLAN_MODEL, workflow)
        monkeypatch.setattr(PLAN_MODEL, "workflows", (*PLAN_MODEL.workflows, workflow))

    return use


def without_silence(quorum, role=MITGLIED):
    """A joint decision that only those who speak can make."""
    return with_consent(quorum=quorum, by={"geprueft": (role,)}, after_days=0)


@pytest.mark.parametrize(
    ("quorum", "role", "who"),
    [
        (Quorum(Unit.LAND, needed=2, electorate=("by", "he", "sn")), MITGLIED, "2"),
        (Quorum(Unit.LAND, electorate=("nw", "he", "sn")), MITGLIED, "3"),
        (Quorum(Unit.LAND, needed=3), PRUEFUNG, "3 Länder"),
        (Quorum(Unit.OFFICE, needed=2), MITGLIED, "2 Stellen"),
        (Quorum(Unit.PERSON, needed=2), MITGLIED, "2 Personen"),
    ],
)
def test_a_joint_decision_without_silence_is_published(db, use, quorum, role, who):
    use(without_silence(quorum, role))
    people = testing.conference()
    document = testing.begin(PLAN, people)
    edition = testing.publish(document, people)
    assert edition.proof[2]["who"].startswith(who)
    assert verify_document(document) is None


def test_days_pass_with_what_the_worker_does(db, use, mailoutbox):
    use(with_consent())
    people = testing.conference()
    testing.member("sn")
    document = testing.begin(PLAN, people)
    for way, role in (("einreichen", MITGLIED), ("weitergeben", PRUEFUNG)):
        testing.act(document, way, people[role])
    with testing.pass_days(7):
        assert any(
            "erinnert" in mail.subject.lower() or "erinnerung" in mail.subject.lower()
            for mail in mailoutbox
        )
        assert document.events.filter(action="erinnert").exists()
    with testing.pass_days(15):
        document.refresh_from_db()
        assert document.state == "freigegeben"
