"""The start page, the lists, the round: the right rows, in the right order, at constant cost."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klk_workflow import clock
from klk_workflow.models import Document, Period
from klk_workflow.registry import registry
from tests.klk_workflow.admin.conftest import at, text_of
from tests.klk_workflow.admin.test_reading import rewrite
from tests.klk_workflow.conftest import fill, start_report
from tests.world import REPORT

LABEL = registry.get(REPORT).label


def start(as_, who):
    return text_of(as_(who).get("/admin/"))


def test_my_draft_with_what_is_missing(people, period, as_):
    start_report(people["nw"], "nw", period)
    page = start(as_, "nw")
    assert "0 von 14 Abschnitten ausgefüllt. Es fehlen: Kurzfassung" in page
    assert "Weiterschreiben" in page
    assert f"{LABEL} Nordrhein" not in start(as_, "by")


def test_what_came_back_with_its_remark(bring, as_):
    bring("in_ueberarbeitung")
    page = start(as_, "nw")
    assert "zurück an Sie" in page
    assert "„Bitte ergänzen.“" in page
    assert "Sie baten am" in start(as_, "pruefung")


def test_what_i_sent_back_comes_first(draft, people, period, go, as_):
    other = start_report(people["by"], "by", period)
    fill(other, people["by"])
    go(draft, "einreichen", "nw")
    go(draft, "ueberarbeitung_anfordern", "pruefung", remark="Bitte ergänzen.")
    go(other, "einreichen", "by")
    rewrite(draft, people["nw"], "Ergänzt")
    go(draft, "einreichen", "nw")
    page = start(as_, "pruefung")
    assert page.index("Nordrhein-Westfalen") < page.index("Bayern")
    assert "1 Abschnitt geändert." in page


def test_what_waits_stands_in_the_order_it_came_in(draft, people, period, go, as_):
    other = start_report(people["by"], "by", period)
    fill(other, people["by"])
    with clock.at(datetime(2026, 11, 1, 9, tzinfo=UTC)):
        go(draft, "einreichen", "nw")
    with clock.at(datetime(2026, 11, 2, 9, tzinfo=UTC)):
        go(other, "einreichen", "by")
    Document.objects.filter(pk=draft.pk).update(updated_at=datetime(2030, 1, 1, tzinfo=UTC))
    page = start(as_, "pruefung")
    assert page.index("Nordrhein-Westfalen") < page.index("Bayern")


def test_the_redaktion_sees_what_has_a_date(bring, go, as_):
    document = bring("freigegeben")
    go(document, "termin_setzen", "redaktion", date=datetime(2031, 10, 26, 9, tzinfo=UTC))
    page = start(as_, "redaktion")
    assert "terminiert" in page
    assert "bei anderen" not in page
    assert "bei anderen" in start(as_, "nw")


def test_several_roles_see_all(draft, go, people, make_user, as_):
    people["both"] = make_user("beides", "Mitglied", "Prüfung", office="by")
    go(draft, "einreichen", "nw")
    assert "zu prüfen" in start(as_, "both")


def test_the_menu_has_only_what_is_meant(draft, as_):
    def menu(who):
        return as_(who).get("/admin/").content.decode()

    assert at("pult", "pruefen") not in menu("nw")
    assert at("pult", "pruefen") in menu("pruefung")
    assert "/admin/pages/" not in menu("nw").partition("wagtail-sidebar-props")[2]
    assert "/admin/images/" in menu("redaktion")
    assert "/admin/stellen/" in menu("admin")
    assert "/admin/stellen/" not in menu("redaktion")
    assert "/admin/reports/" not in menu("admin")
    assert as_("nw").get(at("pult", "pruefen")).status_code == 404


def test_the_menu_shows_where_one_is_to_those_who_meet_the_document(draft, as_):
    def here(page):
        props = (
            page.content.decode().partition("wagtail-sidebar-props")[2].partition("</script>")[0]
        )
        return "data-klk-here" in props, "/admin/#main" in props

    assert here(as_("nw").get("/admin/")) == (False, False)
    for name, *more in (("lesen",), ("verlauf",), ("handeln", "einreichen")):
        assert here(as_("nw").get(at(name, draft.pk, *more))) == (True, True)
        assert not here(as_("by").get(at(name, draft.pk, *more)))[0]


@pytest.mark.parametrize(
    ("who", "found"), [("nw", True), ("by", False), ("pruefung", False), ("admin", True)]
)
def test_lists_hold_what_one_meets(who, found, draft, as_):
    page = text_of(as_(who).get(at("liste", REPORT)))
    assert (f"{LABEL} Nordrhein-Westfalen" in page) is found


def test_a_list_is_narrowed_and_nonsense_narrows_nothing(draft, as_):
    url = at("liste", REPORT)
    title = f"{LABEL} Nordrhein-Westfalen"
    assert title in text_of(as_("nw").get(f"{url}?stand=entwurf&land=nw&zeitraum=2026-2"))
    assert title not in text_of(as_("nw").get(f"{url}?stand=freigegeben"))
    assert title in text_of(as_("nw").get(f"{url}?stand=unsinn&land=xx&p=99"))
    assert as_("nw").get(at("liste", "unsinn")).status_code == 404


def test_the_round_tells_states_and_nothing_else(draft, as_):
    page = as_("by").get(at("runde", "2026-2"))
    assert "0 von 16" in text_of(page)
    assert "in Arbeit" in text_of(page)
    assert at("lesen", draft.pk) not in page.content.decode()
    assert at("lesen", draft.pk) in as_("nw").get(at("runde", "2026-2")).content.decode()


def test_the_round_shown_is_the_one_that_runs(period, people, as_):
    Period.objects.create(
        slug="2099-1",
        label="1. Halbjahr 2099",
        year=2099,
        half=1,
        opens=date(2099, 1, 1),
        due=date(2099, 7, 15),
        outline=period.outline,
    )
    page = as_("nw").get(at("runden"))
    assert page.context["round"].period == period
    assert "1. Halbjahr 2099" in text_of(page).partition("Andere Runden")[2]


def more_reports(people, go, years):
    """Reports of BY in different states, a round for each year."""
    outline = Period.objects.get(slug="2026-2").outline
    for year in years:
        half = Period.objects.create(
            slug=f"{year}-1",
            label=f"1. Halbjahr {year}",
            year=year,
            half=1,
            opens=date(year, 1, 1),
            due=date(year, 7, 1),
            outline=outline,
        )
        report = start_report(people["by"], "by", half)
        fill(report, people["by"])
        if year % 2:
            go(report, "einreichen", "by")
            go(report, "ueberarbeitung_anfordern", "pruefung", remark="Noch nicht.")
            rewrite(report, people["by"], f"Neu {year}")
        if year % 4 == 3:
            go(report, "einreichen", "by")


@pytest.mark.parametrize(
    "path", ["/admin/", f"/admin/dokumente/{REPORT}/", "/admin/dokumente/runden/2026-2/"]
)
def test_as_many_queries_for_many_as_for_few(path, draft, people, go, as_):
    def cost(browser):
        with CaptureQueriesContext(connection) as asked:
            browser.get(path)
        return len(asked)

    browsers = {who: as_(who) for who in ("by", "pruefung", "admin")}
    more_reports(people, go, range(2010, 2014))
    for browser in browsers.values():
        cost(browser)
    few = {who: cost(browser) for who, browser in browsers.items()}
    more_reports(people, go, range(2014, 2020))
    many = {who: cost(browser) for who, browser in browsers.items()}
    assert many == few
    assert max(few.values()) <= 40


@pytest.mark.parametrize(
    ("desk", "who", "state"),
    [
        ("pruefen", "pruefung", "eingereicht"),
        ("freigeben", "freigabe", "geprueft"),
        ("veroeffentlichen", "redaktion", "freigegeben"),
    ],
)
def test_each_desk_shows_what_waits_there_and_to_nobody_else(bring, as_, desk, who, state):
    document = bring(state)
    assert document.title in text_of(as_(who).get(f"/admin/dokumente/pult/{desk}/"))
    assert as_("nw").get(f"/admin/dokumente/pult/{desk}/").status_code == 404


def test_an_empty_list_says_whether_a_filter_made_it_so(people, client):
    client.force_login(people["nw"])
    folder = at("liste", REPORT)
    assert "Hier ist noch nichts." in client.get(folder).content.decode()
    narrowed = client.get(folder, {"land": "nw"}).content.decode()
    assert "nichts, was zu dieser Auswahl passt" in narrowed
