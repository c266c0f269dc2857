"""What stays too long where it is: said in lists, in tasks and on the page, to whom it concerns."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klk_workflow import clock
from klk_workflow.admin import status
from klk_workflow.models import Event, Rule, SetDeadline
from klk_workflow.models.document import _generate_transitions
from klk_workflow.registry import registry
from klk_workflow.roles import ADMINISTRATION, PRUEFUNG
from klk_workflow.workflows.definition import Deadline, State, extend
from klk_workflow.workflows.standard import STANDARD
from tests.klk_workflow.admin.conftest import at, text_of
from tests.klk_workflow.conftest import fill, start_report
from tests.world import REPORT

Report = registry.get(REPORT).model

SUBMITTED = STANDARD.state("eingereicht")
LIMITED = extend(
    STANDARD,
    key="befristet",
    version=2,
    states=[
        State(
            "eingereicht",
            SUBMITTED.label,
            readers=SUBMITTED.readers,
            deadline=Deadline(10, escalate=(ADMINISTRATION,)),
        )
    ],
)


@pytest.fixture
def limited(monkeypatch):
    """New reports go under a workflow that gives ten days for the review."""
    _generate_transitions(Report, LIMITED)
    monkeypatch.setattr(Report, "workflows", (*Report.workflows, LIMITED))


@pytest.fixture
def submit(people, period, go):
    """A function that submits a report so many days ago."""

    def submit(days, who="nw", land="nw"):
        with clock.at(clock.now() - timedelta(days=days)):
            document = start_report(people[who], land, period)
            fill(document, people[who])
            go(document, "einreichen", who)
        document.refresh_from_db()
        return document

    return submit


def day(days):
    return status.day(clock.now() + timedelta(days=days))


@pytest.mark.parametrize(("ago", "said"), [(4, f"fällig bis {day(6)}"), (15, "überfällig seit")])
def test_it_is_said_on_the_page_in_the_list_and_in_the_tasks(limited, submit, as_, ago, said):
    document = submit(ago)
    words = said if ago < 10 else f"{said} {day(10 - ago)}"
    for who, path in (
        ("nw", at("lesen", document.pk)),
        ("nw", at("liste", REPORT)),
        ("admin", at("liste", REPORT)),
        ("pruefung", "/admin/"),
        ("pruefung", at("pult", "pruefen")),
    ):
        assert words.lower() in text_of(as_(who).get(path)).lower(), path


def test_to_whom_it_is_escalated_is_said_and_they_see_it(limited, submit, as_):
    document = submit(4)
    page = text_of(as_("nw").get(at("lesen", document.pk)))
    assert "danach erfährt davon: Administration" in page
    assert document.title not in text_of(as_("admin").get("/admin/"))
    with clock.at(clock.now() + timedelta(days=8)):
        assert "benachrichtigt: Administration" in text_of(as_("nw").get(at("lesen", document.pk)))
        start = text_of(as_("admin").get("/admin/"))
        assert document.title in start
        assert "liegt bei der Prüfung" in start
        assert document.title not in text_of(as_("redaktion").get("/admin/"))


def test_the_overdue_comes_first(limited, submit, as_, go, people):
    before = submit(3, "by2", "by")
    go(before, "ueberarbeitung_anfordern", "pruefung", remark="Bitte ergänzen.")
    go(before, "einreichen", "by2")
    submit(15)
    page = text_of(as_("pruefung").get("/admin/"))
    assert page.index("Nordrhein-Westfalen") < page.index("Bayern")


def test_what_a_rule_has_set_counts_until_the_document_goes_on(submit, as_, go):
    document = submit(15)
    moved = Event.objects.get(document=document, action="einreichen")
    due = clock.now() - timedelta(days=2)
    SetDeadline.objects.create(event=moved, rule_name="Frist", role=PRUEFUNG, due_at=due)
    said = f"überfällig seit {day(-2)}".lower()
    assert said in text_of(as_("admin").get(at("liste", REPORT))).lower()
    assert said in text_of(as_("nw").get(at("lesen", document.pk))).lower()
    go(document, "weitergeben", "pruefung")
    assert "überfällig seit" not in text_of(as_("admin").get(at("liste", REPORT)))


def test_a_rule_sets_what_is_shown(submit, as_):
    Rule.objects.create(
        name="Frist", to_state="eingereicht", deed=Rule.Deed.DEADLINE, role=PRUEFUNG, days=9
    )
    submit(2)
    assert f"fällig bis {day(7)}" in text_of(as_("admin").get(at("liste", REPORT)))


def test_without_a_limit_the_day_of_the_round_stands_there(submit, as_):
    submit(100)
    page = text_of(as_("admin").get(at("liste", REPORT)))
    assert "15. Jan. 2027" in page
    assert "fällig bis" not in page
    assert "fällig seit" not in page


def test_as_many_queries_for_many_limits(limited, submit, as_):
    def cost(who, path):
        browser = as_(who)
        browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            browser.get(path)
        return len(asked)

    pages = [
        ("admin", "/admin/"),
        ("pruefung", "/admin/"),
        ("admin", at("liste", REPORT)),
        ("pruefung", at("pult", "pruefen")),
    ]
    submit(15)
    few = [cost(*page) for page in pages]
    submit(16, "by", "by")
    assert [cost(*page) for page in pages] == few
    assert max(few) <= 60


def test_the_list_shows_the_overdue_alone(limited, submit, as_, django_assert_max_num_queries):
    late, fresh = submit(20), submit(3, "by2", "by")
    with django_assert_max_num_queries(40):
        shown = text_of(as_("admin").get(at("liste", REPORT), {"ueberfaellig": "on"}))
    assert late.title in shown
    assert fresh.title not in shown
    assert fresh.title in text_of(as_("admin").get(at("liste", REPORT)))
