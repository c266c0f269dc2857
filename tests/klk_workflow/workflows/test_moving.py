"""What runs keeps its definitions, or is moved to newer ones as a logged step."""

from dataclasses import replace

import pytest
from django.urls import reverse

from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Document, Edition, Outline, Section
from klk_workflow.models.document import _generate_transitions
from klk_workflow.refusals import Blocked, NotAllowed
from klk_workflow.registry import registry
from klk_workflow.workflows import moving
from klk_workflow.workflows.definition import State, extend
from klk_workflow.workflows.standard import STANDARD
from tests.klk_workflow.admin.conftest import text_of
from tests.klk_workflow.conftest import fill, start_report
from tests.world import REPORT

Report = registry.get(REPORT).model

#: The next version: drafts are called otherwise, and archiving has another name.
NEXT = replace(
    extend(STANDARD, key="standard", version=2),
    states=tuple(
        replace(s, key="werkstatt", label="Werkstatt") if s.key == "entwurf" else s
        for s in STANDARD.states
    ),
    transitions=tuple(
        replace(
            way,
            key="ablegen" if way.key == "archivieren" else way.key,
            by={("werkstatt" if s == "entwurf" else s): roles for s, roles in way.by.items()},
            target="werkstatt" if way.target == "entwurf" else way.target,
        )
        for way in STANDARD.transitions
    ),
    replaces={"entwurf": "werkstatt"},
)


@pytest.fixture
def draft(people, period):
    """A draft begun under version 1, with text in one section only."""
    document = start_report(people["nw"], "nw", period)
    fill(document, people["nw"])
    first = Section.objects.filter(document=document).order_by("position")
    Section.objects.filter(pk=first[1].pk).update(body="[]")
    document.refresh_from_db()
    return document


@pytest.fixture
def newer(draft, monkeypatch):
    """Version 2 of the workflow, and an outline without the first two sections, with a new one."""
    _generate_transitions(Report, NEXT)
    monkeypatch.setattr(Report, "workflows", (*Report.workflows, NEXT))
    old = Outline.objects.get(type_key=REPORT, version=draft.outline_version)
    data = [*old.data[2:], {**old.data[0], "key": "neu", "title": "Ganz Neues", "required": False}]
    return Outline.objects.create(type_key=REPORT, version=99, data=data)


def move(document, user, seen=(2, 99)):
    return moving.move(document, by=user, seen=seen)


def whole(document, expected=False):
    fault = verify_document(Document.objects.get(pk=document.pk))
    assert fault is None or expected, fault
    return fault is None


def test_what_was_begun_keeps_its_definitions(draft, newer, people, period):
    draft.refresh_from_db()
    assert (draft.workflow_version, draft.outline_version, draft.state) == (1, 1, "entwurf")
    later = start_report(people["by"], "by", period)
    assert (later.workflow_version, later.state) == (2, "werkstatt")


def test_the_plan_says_what_would_change(draft, newer):
    found = moving.plan(draft)
    assert (found.workflow.version, found.state.key, found.obstacle) == (2, "werkstatt", "")
    old = [entry["title"] for entry in Outline.objects.get(version=1, type_key=REPORT).data]
    assert found.added == ("Ganz Neues",)
    assert (found.removed, found.kept) == ((old[1],), (old[0],))


def test_it_is_moved_with_all_its_text_and_goes_on_from_there(draft, newer, people, go):
    before = {s.key: s.body.raw_data[:] for s in Section.objects.filter(document=draft)}
    event = move(draft, people["nw"])
    draft.refresh_from_db()
    assert (draft.state, draft.workflow_version, draft.outline_version) == ("werkstatt", 2, 99)
    assert (event.from_state, event.to_state) == ("entwurf", "werkstatt")
    assert event.data == {"workflow": [1, 2], "outline": [1, 99]}
    after = list(Section.objects.filter(document=draft).order_by("position"))
    assert [s.key for s in after][:-1] == [entry["key"] for entry in newer.data]
    assert all(list(s.body.raw_data) == list(before[s.key]) for s in after if s.key in before)
    assert whole(draft)
    for action, who in (
        ("einreichen", "nw"),
        ("weitergeben", "pruefung"),
        ("freigeben", "freigabe"),
        ("veroeffentlichen", "redaktion"),
        ("ablegen", "redaktion"),
    ):
        if action == "einreichen":
            fill(draft, people["nw"])
        go(draft, action, who)
    assert whole(draft)
    assert Edition.objects.get(document=draft).is_archived


def test_a_published_document_is_moved_and_its_past_still_counts(draft, people, go, monkeypatch):
    fill(draft, people["nw"])
    for action, who in (
        ("einreichen", "nw"),
        ("weitergeben", "pruefung"),
        ("freigeben", "freigabe"),
        ("veroeffentlichen", "redaktion"),
        ("archivieren", "redaktion"),
    ):
        go(draft, action, who)
    _generate_transitions(Report, NEXT)
    monkeypatch.setattr(Report, "workflows", (*Report.workflows, NEXT))
    move(draft, people["admin"], seen=(2, 0))
    draft.refresh_from_db()
    assert (draft.state, draft.workflow_version) == ("archiviert", 2)
    assert whole(draft)
    go(draft, "wieder_aufnehmen", "redaktion")
    assert whole(draft)


def test_nothing_is_moved_while_it_is_decided_on(draft, newer, people, go):
    fill(draft, people["nw"])
    go(draft, "einreichen", "nw")
    with pytest.raises(Blocked, match="gerade entschieden"):
        move(draft, people["nw"], seen=(2, 0))


def test_only_what_was_shown_and_only_by_the_office_or_administration(draft, newer, people):
    for who in ("by", "pruefung", "redaktion"):
        with pytest.raises(NotAllowed):
            move(draft, people[who])
    with pytest.raises(Blocked, match="Neueres"):
        move(draft, people["nw"], seen=(2, 98))
    move(draft, people["admin"])
    with pytest.raises(Blocked, match="neuesten"):
        move(draft, people["nw"])


def test_a_state_that_is_gone_is_an_obstacle(draft, newer, people, monkeypatch):
    lost = replace(NEXT, version=3, replaces={})
    _generate_transitions(Report, lost)
    monkeypatch.setattr(Report, "workflows", (*Report.workflows, lost))
    assert "gibt es im neuen Ablauf nicht" in moving.plan(draft).obstacle
    other = replace(
        lost, version=4, states=(*NEXT.states, State("entwurf", "Entwurf", frozenset(), final=True))
    )
    monkeypatch.setattr(Report, "workflows", (*Report.workflows, other))
    assert "etwas anderes" in moving.plan(draft).obstacle


@pytest.mark.parametrize(
    "data", [{}, {"workflow": [1, 1]}, {"workflow": [2, 2], "outline": [1, 1]}]
)
def test_a_move_that_was_none_is_found(draft, newer, people, data):
    """Even with every digest recomputed."""
    event = move(draft, people["nw"])
    event.data = data
    event.hash = event.compute_hash()
    event.save()
    type(draft).objects.filter(pk=draft.pk).update(head=event.hash)
    assert not whole(draft, expected=True)


def test_the_page_shows_the_change_and_makes_it(draft, newer, people, client):
    page = reverse("dokumente:umstellen", args=[draft.pk])
    read = reverse("dokumente:lesen", args=[draft.pk])
    for who in ("by", "pruefung", "redaktion"):
        client.force_login(people[who])
        assert client.get(page).status_code == 404
    client.force_login(people["nw"])
    assert page in client.get(read).content.decode()
    shown = text_of(client.get(page))
    assert "Der Stand „Entwurf“ heißt dann „Werkstatt“." in shown
    assert "Ganz Neues" in shown
    assert client.post(page, {"workflow": "1"}).status_code == 409
    client.post(page, {"workflow": "2", "outline": "99"})
    shown = client.get(read).content.decode()
    assert page not in shown
    assert "umgestellt" in shown
