"""Aktionspläne: their own fields and their measures, through the pages of the engine."""

import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from home.search import index
from home.search.models import Entry
from klk_workflow import reading
from klk_workflow.content.editing import add_part, move_part, remove_part, save_fields, save_part
from klk_workflow.models import Edition
from klk_workflow.people import person_for
from klk_workflow.plugins.aktionsplan.forms import StartForm
from klk_workflow.plugins.aktionsplan.models import Massnahme
from klk_workflow.publication.pdf import pdf
from tests.klk_workflow.admin.conftest import at, marked, text_of
from tests.klk_workflow.admin.test_bad_input import ODD, measure
from tests.klk_workflow.admin.test_comparing import items
from tests.klk_workflow.admin.test_writing import address as address_of
from tests.klk_workflow.admin.test_writing import shown
from tests.klk_workflow.content.test_taking_up import take
from tests.world import World


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def nw(client, world):
    client.force_login(world.people["nw"])
    return client


@pytest.fixture
def plan(world):
    return world.document("aktionsplan")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "   "),
        ("title", "x" * 251),
        ("number", "x" * 21),
        ("description", "x" * 4001),
        ("status", "erfunden"),
        ("first_year", "gestern"),
        ("first_year", "1066"),
        ("first_year", "9" * 40),
        ("visibility", "geheim"),
        ("title", "Null\x00byte"),
    ],
)
def test_a_measure_is_refused_at_its_field(nw, plan, field, value):
    before = Massnahme.objects.count()
    data = measure(indicator="Das soll bleiben", **{field: value})
    answer = nw.post(at("teil_neu", plan.pk, "massnahme"), data)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert field in answer.context["form"].errors
    assert "Das soll bleiben" in said
    assert "This field" not in said
    assert Massnahme.objects.count() == before


def test_no_browser_is_told_to_cut_what_is_pasted(world, nw, plan):
    other = world.document("aktionsplan", "veroeffentlicht", nth=1)
    for address in (
        at("teil_neu", plan.pk, "massnahme"),
        at("angaben", plan.pk),
        at("handeln", other.pk, "neue_fassung"),
    ):
        page = nw.get(address).content.decode()
        assert "<textarea" in page
        assert "maxlength" not in page, address


def test_the_next_free_number_is_suggested_and_a_second_one_refused(nw, plan):
    address = at("teil_neu", plan.pk, "massnahme")
    assert nw.get(address).context["form"]["number"].value() == "3"
    answer = nw.post(address, measure(number="2"))
    assert answer.status_code == 422
    [said] = answer.context["form"].errors["number"]
    assert said == ("Die Nummer 2 hat schon eine andere Maßnahme. Frei ist zum Beispiel die 3.")
    assert nw.post(address, measure(number="2a")).status_code == 302
    assert nw.get(address).context["form"]["number"].value() == "3"
    second = Massnahme.objects.get(document=plan, number="2")
    own = at("teil", plan.pk, "massnahme", second.pk)
    data = measure(number="2", title="Neuer Titel", seen_version=second.version)
    assert nw.post(own, data).status_code == 302
    assert nw.post(own, {**data, "number": "2A"}).status_code == 422


def test_a_measure_that_is_sent_twice_is_made_once(nw, plan):
    address = at("teil_neu", plan.pk, "massnahme")
    sent = measure(number="3", key="0123456789ab")
    assert [nw.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert Massnahme.objects.filter(document=plan, number="3").count() == 1


@pytest.mark.parametrize("value", ODD)
def test_odd_words_are_kept_as_they_are_and_do_no_harm(world, nw, plan, value):
    answer = nw.post(at("teil_neu", plan.pk, "massnahme"), measure(title=value, description=value))
    assert answer.status_code == 302
    stored = Massnahme.objects.get(number="9")
    assert stored.title == value
    world.bring(plan, "veroeffentlicht")
    for page in (Client().get(f"/{plan.path}/"), nw.get(at("lesen", plan.pk))):
        said = page.content.decode()
        assert page.status_code == 200
        assert "<script>alert" not in said
    assert "<script>" not in Edition.objects.get().html


def test_rows_moved_renamed_added_and_removed(world, nw, plan):
    document = plan
    by = world.people["nw"]
    add_part(
        document, Massnahme, by=by, values={"number": "3", "title": "Drittes", "responsible": "X"}
    )
    world.do(document, "einreichen", "nw")
    world.do(document, "zuruecknehmen", "nw")
    one, two, three = Massnahme.objects.filter(document=document)
    move_part(three, by=by, up=True)
    move_part(three, by=by, up=True)
    renamed = {"title": "Schutz und Plätze", "responsible": "Ministerium für Soziales"}
    save_part(one, by=by, seen_version=one.version, changes=renamed)
    two.refresh_from_db()
    remove_part(two, by=by, seen_version=two.version)
    page = nw.get(at("vergleich", document.pk), {"von": 1, "bis": "jetzt"})
    found = items(page)
    assert found[three.key].moved_from == 3
    assert not found[one.key].moved_from
    assert found[one.key].is_renamed
    assert "<ins>für Soziales</ins>" in found[one.key].body
    assert found[two.key].is_removed
    said = text_of(page)
    for words in ("umbenannt", "verschoben, vorher an 3. Stelle", "entfernt"):
        assert words in said


def test_own_fields_are_compared(world, nw, plan):
    document = plan
    world.do(document, "einreichen", "nw")
    world.do(document, "zuruecknehmen", "nw")
    changes = {"official_title": "Plan für Schutz"}
    save_fields(document, by=world.people["nw"], seen_version=document.version, changes=changes)
    page = nw.get(at("vergleich", document.pk), {"von": 1, "bis": "jetzt"})
    assert "<del>gegen Gewalt</del><ins>für Schutz</ins>" in marked(page)
    assert "Plan gegen Gewalt" in text_of(nw.get(at("stand", document.pk, 1)))


def test_what_was_removed_meanwhile_keeps_the_words(nw, plan):
    row = Massnahme.objects.filter(document=plan)[0]
    url = address_of(row)
    row.delete()
    data = {"number": "1", "title": "Mein Titel", "status": "geplant", "visibility": "public"}
    page = nw.post(url, data)
    assert page.status_code == 409
    assert "Mein Titel" in shown(page)


def test_the_own_fields_are_saved_and_refused(nw, plan):
    url = reverse("dokumente:angaben", args=[plan.pk])
    data = {"official_title": "Neuer Titel", "last_year": "1999", "seen_version": plan.version}
    page = nw.post(url, data)
    assert page.status_code == 422
    assert "liegt vor dem Beginn" in shown(page)
    assert "Neuer Titel" in shown(page)
    nw.post(url, {**data, "last_year": ""})
    plan.refresh_from_db()
    assert plan.official_title == "Neuer Titel"
    stale = nw.post(url, {**data, "last_year": "", "official_title": "Noch neuer"})
    assert stale.status_code == 409


def test_own_fields_come_back(world):
    document = world.document("aktionsplan", "in_ueberarbeitung")
    changes = {"official_title": "Anders"}
    save_fields(document, by=world.people["nw"], seen_version=document.version, changes=changes)
    take(world, document, 1)
    assert document.specific.official_title == "Plan gegen Gewalt"


def test_a_removed_row_comes_back_with_its_key(world):
    document = world.document("aktionsplan", "in_ueberarbeitung")
    gone = Massnahme.objects.filter(document=document).first()
    remove_part(gone, by=world.people["nw"], seen_version=gone.version)
    third = {"number": "3", "title": "Neu", "responsible": "X"}
    add_part(document, Massnahme, by=world.people["nw"], values=third)
    take(world, document, 1)
    rows = Massnahme.objects.filter(document=document)
    assert [row.number for row in rows] == ["1", "2"]
    assert rows[0].key == gone.key


def start_plan(user, first_year):
    form = StartForm(
        {"land": "nw", "first_year": first_year, "period": ""}, person=person_for(user)
    )
    assert form.is_valid(), form.errors
    return form.save()[0]


def test_what_the_own_fields_lack_is_said_too_in_constant_queries(
    world, nw, django_assert_max_num_queries
):
    start_plan(world.people["nw"], 2026)
    assert "Es fehlen: Titel des Plans · Rechtsgrundlage" in text_of(nw.get("/admin/"))
    with django_assert_max_num_queries(100) as one:
        nw.get("/admin/")
    for year in (2027, 2028, 2029):
        start_plan(world.people["nw"], year)
    with django_assert_max_num_queries(len(one)):
        nw.get("/admin/")


def test_measures_stand_by_field_of_action_in_the_order_of_their_first():
    measures = [
        Massnahme(number="1", action_field="praevention"),
        Massnahme(number="2", action_field="justiz"),
        Massnahme(number="3", action_field="praevention"),
    ]
    assert [measure.number for measure in Massnahme.arranged(measures)] == ["1", "3", "2"]


REPORT = "/admin/dokumente/aktionsplan/auswertung/massnahmen/"


def test_all_measures_stand_in_one_table_for_those_who_may_read_the_plan(world, nw, plan):
    world.document("aktionsplan", "veroeffentlicht", nth=1)
    listed = text_of(nw.get(at("liste", "aktionsplan")))
    assert "Maßnahmen nach Stand" in listed
    own = nw.get(REPORT).content.decode()
    assert own.count("Schutzplätze") == 2
    for who, count in (("by", 1), ("admin", 0)):
        nw.force_login(world.people[who])
        assert nw.get(REPORT).content.decode().count("Schutzplätze") == count
    table = b"".join(nw.get(REPORT, {"export": "csv"}).streaming_content).decode()
    assert table.splitlines()[0].startswith("Nummer,Titel,Aktionsplan,Handlungsfeld")
    assert nw.get(REPORT.replace("massnahmen", "andere")).status_code == 404
    assert nw.get(REPORT.replace("aktionsplan", "laenderbericht")).status_code == 404


def test_the_table_costs_as_many_queries_for_many_as_for_few(
    world, nw, plan, django_assert_max_num_queries
):
    nw.get(REPORT)
    with django_assert_max_num_queries(40) as few:
        nw.get(REPORT)
    for nth in range(1, 5):
        world.document("aktionsplan", nth=nth)
    with django_assert_max_num_queries(len(few)):
        nw.get(REPORT)


def test_own_fields_are_found_in_their_words(world, plan):
    world.bring(plan, "veroeffentlicht")
    edition = Edition.objects.get()
    assert reading.search_words(edition) == ["Plan gegen Gewalt", "Schutz und Unterstützung"]
    index.show_edition(edition.path)
    assert "Schutz und Unterstützung" in Entry.objects.get(path=edition.path).keywords


def test_facts_that_meet_the_end_of_a_page_stay_in_their_list_in_the_pdf(world, plan):
    for number in range(1, 25):
        words = "Wort " * (10 + 7 * number % 60)
        fields = {"number": str(number), "title": "Titel", "responsible": words[:240]}
        values = fields | {"indicator": words}
        add_part(plan, Massnahme, by=world.people["nw"], values=values)
    world.bring(plan, "veroeffentlicht")
    root = pypdf.PdfReader(io.BytesIO(pdf(Edition.objects.get()))).trailer["/Root"]
    places = list(kinds_and_parents(root["/StructTreeRoot"]))
    assert len(places) > 24
    assert {parent for kind, parent in places if kind == "/LI"} == {"/L"}


def kinds_and_parents(node: Any, parent: str = "") -> Iterator[tuple[str, str]]:
    """What each element of a PDF's structure is, and in what it stands."""
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for child in node:
            yield from kinds_and_parents(child, parent)
    elif isinstance(node, dict):
        kind = node.get("/S", "")
        yield kind, parent
        if "/K" in node:
            yield from kinds_and_parents(node["/K"], kind)
