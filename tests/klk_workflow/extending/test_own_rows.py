"""What people read of a type that has rows of its own."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django import forms
from django.urls import reverse
from django.utils import translation

from klk_workflow import testing
from klk_workflow.forms import easy_days
from klk_workflow.models import Outline
from klk_workflow.registry import registry
from klk_workflow.roles import ADMINISTRATION, MITGLIED
from tests.world import PLAN

[ROWS] = [kind for kind in registry.get(PLAN).parts if kind.kind in registry.get(PLAN).part_forms]
HEADING = str(ROWS._meta.verbose_name_plural)


@pytest.fixture
def people(db):
    return testing.conference()


@pytest.fixture
def document(people):
    return testing.begin(PLAN, people)


def test_the_public_finds_the_rows_below_their_heading_and_in_the_contents(
    document, people, client
):
    edition = testing.publish(document, people)
    [entry] = [entry for entry in edition.toc if entry["title"] == HEADING]
    page = client.get(f"/{document.path}/").content.decode()
    below = page.partition(f'id="{entry["anchor"]}"')[2]
    heading, _rest, rows = below.partition("</h2>")
    assert heading.endswith(f"<h2>{HEADING}")
    for part in document.parts():
        if part.kind == ROWS.kind:
            assert part.title in rows.partition("</section>")[0]
    assert f'href="#{entry["anchor"]}"' in page


def test_members_read_them_below_the_same_heading(document, people, client):
    client.force_login(people[MITGLIED])
    page = client.get(reverse("dokumente:lesen", args=[document.pk])).content.decode()
    assert HEADING in re.findall(r'<h2 class="klk-group">([^<]+)<', page)


def test_before_submission_the_own_fields_are_shown_with_what_they_hold(document, people, client):
    client.force_login(people[MITGLIED])
    page = client.get(reverse("dokumente:handeln", args=[document.pk, "einreichen"]))
    said = page.content.decode().partition("Wird öffentlich")[2].partition("Bleibt nur")[0]
    said = " ".join(re.sub(r"<[^>]+>", " ", unescape(said)).split())
    for name in ("title", *registry.get(PLAN).example.head):
        label = document._meta.get_field(name).verbose_name
        assert f"{label}:" in said
        value = getattr(document, name)
        assert isinstance(value, list) or str(value) in said


@pytest.mark.parametrize("who", ["type", "kind"])
def test_a_type_of_another_conference_asks_for_no_articles(
    document, people, client, monkeypatch, who
):
    before = [part.leaf() for part in document.parts()]
    if who == "type":
        kind = replace(registry.get(PLAN), with_articles=False)
        monkeypatch.setitem(registry._types, PLAN, kind)
    else:
        monkeypatch.setattr(ROWS, "with_articles", False)
    client.force_login(people[MITGLIED])
    for part in document.parts():
        args = [document.pk, part.kind, part.pk]
        page = client.get(reverse("dokumente:teil", args=args)).content.decode()
        is_asked = who == "kind" and part.kind != ROWS.kind
        assert ("Artikel der Istanbul-Konvention" in page) == is_asked
    assert [part.leaf() for part in document.parts()] == before


class DayForm(forms.Form):
    """A day, as somebody declares it who knows Django."""

    day = forms.DateField()


@pytest.mark.parametrize(
    ("typed", "is_understood"), [("2027-03-01", True), ("01.03.2027", True), ("morgen", False)]
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_day_says_how_it_is_written(typed, is_understood, language):
    with translation.override(language):
        form = DayForm({"day": typed})
        easy_days(form)
        assert form.is_valid() == is_understood
        assert 'type="date"' in str(form["day"])
    with translation.override("de"):
        assert "TT.MM.JJJJ" in str(form["day"].help_text)
        assert is_understood or "31.12.2026" in str(form.errors)


@pytest.mark.parametrize("by_land", [True, False])
def test_what_the_laender_write_together_bears_no_lands_letters(
    document, people, client, monkeypatch, by_land
):
    testing.publish(document, people)
    kind = replace(registry.get(PLAN), by_land=by_land)
    monkeypatch.setitem(registry._types, PLAN, kind)
    for address in (f"/{document.path}/", f"/{kind.slug}/"):
        assert ("land-mark" in client.get(address).content.decode()) == by_land


def test_outlines_of_such_a_type_ask_for_none_and_keep_the_list(people, client, monkeypatch):
    kind = replace(registry.get(PLAN), with_articles=False)
    monkeypatch.setitem(registry._types, PLAN, kind)
    client.force_login(testing.member("", ADMINISTRATION))
    address = reverse("dokumente:gliederung_neu", args=[PLAN])
    assert "Artikel der Istanbul-Konvention" not in client.get(address).content.decode()
    counted = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    row = {"title": "Neu", "guiding_question": "Was?", "visibility": "public", "ORDER": "1"}
    row = {f"form-0-{name}": value for name, value in row.items()}
    assert client.post(address, counted | row).status_code == 302
    [entry] = Outline.newest(PLAN).data
    assert (entry["title"], entry["articles"]) == ("Neu", [])
