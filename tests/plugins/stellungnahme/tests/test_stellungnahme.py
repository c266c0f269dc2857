from datetime import date

import pytest
from klk_stellungnahme.demo import papers

from klk_workflow import testing
from klk_workflow.content.editing import save_fields
from klk_workflow.demo.offices import load_offices
from klk_workflow.demo.people import load_people
from klk_workflow.demo.stories import play
from klk_workflow.evidence.verification import verify_document
from klk_workflow.roles import MITGLIED, REDAKTION


@pytest.mark.django_db
def test_silence_carries_it(mailoutbox, settings, django_capture_on_commit_callbacks):
    settings.MANAGERS = [("Redaktion", "redaktion@example.org")]
    people = testing.conference()
    document = testing.begin("stellungnahme", people)
    with django_capture_on_commit_callbacks(execute=True):
        edition = testing.publish(document, people)
    assert "Bundesministerium" in edition.html
    assert any("davon 15 stillschweigend" in step["who"] for step in edition.proof)
    assert edition.permanent_url() in mailoutbox[-1].body
    assert verify_document(document) is None


@pytest.mark.django_db
def test_the_day_stands_on_the_start_page_of_those_who_may_read(client):
    people = testing.conference()
    document = testing.begin("stellungnahme", people)
    day = {"due": date(2027, 3, 1)}
    save_fields(document, by=people[MITGLIED], seen_version=document.version, changes=day)
    for role, is_shown in ((MITGLIED, True), (REDAKTION, False)):
        client.force_login(people[role])
        assert ("bis 01.03.2027" in client.get("/admin/").content.decode()) == is_shown


@pytest.mark.django_db
def test_the_demo_is_played_as_far_as_the_review():
    [paper] = papers(load_people(load_offices()))
    play([paper])
    assert paper.document.events.last().to_state == "geprueft"
