"""People, a period and documents in the states that a test needs."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.module_loading import import_string

from klk_workflow.content.editing import PartChange, save_parts
from klk_workflow.models import Document, Membership, Office, Outline, Period, Section
from klk_workflow.people import person_for
from klk_workflow.perform import perform
from klk_workflow.registry import registry
from klk_workflow.roles import FREIGABE, MITGLIED, PRUEFUNG, REDAKTION
from tests.world import REPORT

#: The engine is tested without the types that come with the software, too (tests/toys/settings.py).
collect_ignore = [] if apps.is_installed("klk_workflow.plugins.laenderbericht") else ["plugins"]


@pytest.fixture
def offices(db: None) -> dict[str, Office]:
    """One office for NW, two for BY, one for HE and one of no Land."""
    made = {
        "nw": ("Stelle NW", "nw"),
        "by": ("Stelle BY", "by"),
        "by2": ("Zweite Stelle BY", "by"),
        "he": ("Stelle HE", "he"),
        "bund": ("Stelle ohne Land", ""),
    }
    return {
        key: Office.objects.create(name=name, land=land, kind="freier-traeger")
        for key, (name, land) in made.items()
    }


@pytest.fixture
def make_user(offices: dict[str, Office]) -> Callable[..., Any]:
    """A function that makes a user with roles and offices."""

    def make(name: str, *roles: str, office: str = "") -> Any:
        user = get_user_model().objects.create_user(name, f"{name}@example.org", "klk-test")
        user.groups.set(Group.objects.filter(name__in=roles))
        if office:
            Membership.objects.create(user=user, office=offices[office])
        return user

    return make


@pytest.fixture
def people(make_user: Callable[..., Any]) -> dict[str, Any]:
    """The usual people: members of NW and BY, and who decides, from HE and from no Land."""
    return {
        "nw": make_user("mitglied-nw", MITGLIED, office="nw"),
        "by": make_user("mitglied-by", MITGLIED, office="by"),
        "by2": make_user("mitglied-by-2", MITGLIED, office="by2"),
        "pruefung": make_user("pruefung", PRUEFUNG, office="he"),
        "freigabe": make_user("freigabe", FREIGABE, office="bund"),
        "redaktion": make_user("redaktion", REDAKTION),
        "admin": make_user("admin", "Administration"),
    }


@pytest.fixture
def period(db: None) -> Period:
    """The second half of 2026."""
    outline = Outline.objects.get(type_key=REPORT, version=1)
    return Period.objects.create(
        slug="2026-2",
        label="2. Halbjahr 2026",
        year=2026,
        half=2,
        opens=date(2026, 7, 1),
        due=date(2027, 1, 15),
        outline=outline,
    )


def start_report(user: Any, land: str, period: Period) -> Document:
    """Start a report as its member does, through the form."""
    start_form = import_string(registry.get(REPORT).start_form)
    form = start_form({"land": land, "period": period.pk}, person=person_for(user))
    assert form.is_valid(), form.errors
    return form.save()[0]


def text(words: str) -> list[tuple[str, Any]]:
    """A body of one text block."""
    from wagtail.rich_text import RichText

    return [("text", RichText(f"<p>{words}</p>"))]


def fill(document: Document, user: Any, words: str = "Beispieltext") -> None:
    """Write something into every section."""
    changes = [
        PartChange(section, section.version, {"body": text(f"{words}: {section.title}.")})
        for section in Section.objects.filter(document=document)
    ]
    save_parts(document, by=user, changes=changes)


@pytest.fixture
def draft(people: dict[str, Any], period: Period) -> Document:
    """A filled draft of NW."""
    document = start_report(people["nw"], "nw", period)
    fill(document, people["nw"])
    document.refresh_from_db()
    return document


@pytest.fixture
def go(people: dict[str, Any]) -> Callable[..., Any]:
    """Perform a transition as somebody who has just read the document."""

    def act(document: Document, action: str, who: str, **extra: Any) -> Any:
        document.refresh_from_db()
        return perform(document, action, by=people[who], seen_digest=document.digest, **extra)

    return act


#: The way from a draft to each state: (action, who, extra).
WAY = [
    ("eingereicht", "einreichen", "nw", {}),
    ("geprueft", "weitergeben", "pruefung", {}),
    ("freigegeben", "freigeben", "freigabe", {}),
    ("veroeffentlicht", "veroeffentlichen", "redaktion", {}),
    ("archiviert", "archivieren", "redaktion", {}),
]


@pytest.fixture
def bring(draft: Document, go: Callable[..., Any]) -> Callable[[str], Document]:
    """A function that brings the draft into a state."""

    def to(state: str) -> Document:
        if state == "in_ueberarbeitung":
            go(draft, "einreichen", "nw")
            go(draft, "ueberarbeitung_anfordern", "pruefung", remark="Bitte ergänzen.")
        for reached, action, who, extra in [] if state in {"entwurf", "in_ueberarbeitung"} else WAY:
            go(draft, action, who, **extra)
            if reached == state:
                break
        draft.refresh_from_db()
        return draft

    return to
