"""What a type declares beside its documents reaches those it is for, and a fault nobody else."""

from dataclasses import replace
from datetime import date

import pytest
from wagtail.admin.menu import MenuItem

from klk_workflow.checks import check_types
from klk_workflow.content.editing import start
from klk_workflow.demo.load import load
from klk_workflow.demo.stories import Story, days
from klk_workflow.extending import isolation
from klk_workflow.models import Document
from klk_workflow.people import person_for
from klk_workflow.registry import registry
from klk_workflow.roles import MITGLIED
from tests.world import REPORT


def for_members(person):
    """An entry for members."""
    return MenuItem("Arbeitskreis", "/arbeitskreis/") if MITGLIED in person.roles else None


def fails(_person):
    """No entry."""
    raise ZeroDivisionError


class Begun(Story):
    """A document that is begun, and no more."""

    type_key = REPORT

    def write(self):
        """A member begins it."""
        member = person_for(self._writer())
        kind, key = registry.get(REPORT), f"{REPORT}:{self.land}:demo"
        start(kind, by=member, natural_key=key, title="Erzählt", land=self.land)


def stories(cast):
    """What the type tells."""
    return [Begun("nw", cast, days(date(2026, 11, 2), (0, "write")))]


@pytest.fixture
def declared(monkeypatch):
    """A function that changes what the type with rounds declares."""

    def change(**values):
        monkeypatch.setitem(registry._types, REPORT, replace(registry.get(REPORT), **values))

    return change


def test_menu_entries_are_shown_to_whom_they_are_for(declared, as_):
    declared(menu=tuple(f"{__name__}.{function}" for function in ("fails", "for_members")))
    assert "Arbeitskreis" in as_("nw").get("/admin/").content.decode()
    assert "Arbeitskreis" not in as_("redaktion").get("/admin/").content.decode()
    fault = isolation.last_fault(registry.get(REPORT).app_label)
    assert "ZeroDivisionError" in fault["error"]


@pytest.mark.parametrize(
    ("values", "number", "word"),
    [
        ({"start_form": "gibt.es.nicht"}, "E012", "gibt.es.nicht"),
        ({"reports": (f"{__name__}.Tabelle",)}, "E012", "Tabelle"),
        ({"demo": f"{__name__}.geschichten"}, "E012", "geschichten"),
        ({"search_fields": ("geheim",)}, "E013", "geheim"),
    ],
)
def test_what_is_declared_must_be_there(declared, values, number, word):
    declared(**values)
    [message] = check_types()
    assert message.id == f"klk_workflow.{number}"
    assert word in message.msg


def test_the_demo_has_what_the_types_in_use_tell(declared, db, monkeypatch):
    for kind in list(registry):
        monkeypatch.setitem(registry._types, kind.key, replace(kind, demo=""))
    declared(demo=f"{__name__}.stories")
    load()
    [told] = Document.objects.all()
    assert (told.title, told.state, told.created_at.date()) == (
        "Erzählt",
        "entwurf",
        date(2026, 11, 2),
    )
