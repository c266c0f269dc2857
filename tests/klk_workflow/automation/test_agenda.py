"""The agenda of the next meeting: put on by a rule or by hand, read by all, telling no titles."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klk_workflow import clock
from klk_workflow.models import AgendaItem, Meeting, Rule
from tests.klk_workflow.admin.conftest import at, text_of

TODAY = clock.today()
FIXED = "Länderberichte und Austausch"


def items_of(meeting):
    return [item.wording for item in meeting.items.all()]


def typed(*titles, **changes):
    data = {
        "title": "Herbstsitzung",
        "kind": "praesenz",
        "begins": TODAY + timedelta(days=20),
        "ends": TODAY + timedelta(days=21),
        "place": "Erfurt",
        "note": "",
        "items-TOTAL_FORMS": len(titles),
        "items-INITIAL_FORMS": 0,
        "items-MIN_NUM_FORMS": 0,
        "items-MAX_NUM_FORMS": 1000,
        **changes,
    }
    for number, title in enumerate(titles):
        data |= {f"items-{number}-title": title, f"items-{number}-ORDER": number + 1}
    return data


@pytest.fixture
def meeting(as_):
    """The next meeting, laid out by the administration."""
    as_("admin").post("/admin/sitzungen/new/", typed("Begrüßung", "Verschiedenes"))
    return Meeting.objects.get()


@pytest.fixture
def rule(db):
    """Whatever is approved comes on the agenda."""
    return Rule.objects.create(
        name="Freigegebenes beraten", to_state="freigegeben", deed=Rule.Deed.AGENDA
    )


def test_every_agenda_has_the_fixed_item_in_its_order(meeting, as_):
    assert items_of(meeting) == [FIXED, "Begrüßung", "Verschiedenes"]
    data = typed()
    for number, item in enumerate(meeting.items.all()):
        data |= {
            f"items-{number}-id": item.pk,
            f"items-{number}-title": item.title,
            f"items-{number}-ORDER": {0: 3, 1: 1, 2: 2}[number],
        }
    data |= {"items-TOTAL_FORMS": 3, "items-INITIAL_FORMS": 3}
    as_("admin").post(f"/admin/sitzungen/edit/{meeting.pk}/", data)
    assert items_of(meeting) == ["Begrüßung", "Verschiedenes", FIXED]
    as_("admin").post(
        f"/admin/sitzungen/edit/{meeting.pk}/",
        {**data, "items-0-DELETE": "on"},
    )
    assert FIXED in items_of(meeting)


def test_a_rule_puts_a_document_on_it_once_and_it_says_so(meeting, rule, bring, go, as_):
    document = bring("freigegeben")
    go(document, "ueberarbeitung_anfordern", "freigabe", remark="Noch einmal.")
    go(document, "einreichen", "nw")
    go(document, "weitergeben", "pruefung")
    go(document, "freigeben", "freigabe")
    assert meeting.items.filter(document=document).count() == 1
    page = text_of(as_("by").get(at("sitzung", meeting.pk)))
    assert page.index("Verschiedenes") < page.index(document.title)
    assert "von selbst, durch die Regel „Freigegebenes beraten“" in page


def test_no_title_is_told_to_those_who_may_not_know_it(meeting, bring, as_):
    Rule.objects.create(name="Früh", to_state="eingereicht", deed=Rule.Deed.AGENDA)
    document = bring("eingereicht")
    url = at("sitzung", meeting.pk)
    for who, knows in (("nw", True), ("pruefung", True), ("admin", True), ("by", False)):
        page = text_of(as_(who).get(url))
        assert (document.title in page) is knows, who
        assert ("Ein Dokument, das Sie noch nicht lesen können" in page) is not knows


def test_without_a_meeting_it_waits_for_the_next(rule, bring, as_, meeting):
    meeting.begins = meeting.ends = TODAY - timedelta(days=1)
    meeting.save()
    document = bring("freigegeben")
    assert AgendaItem.objects.get(document=document).meeting is None
    as_("admin").post("/admin/sitzungen/new/", typed("Begrüßung", title="Frühjahr"))
    made = Meeting.objects.get(title="Frühjahr")
    assert items_of(made) == [FIXED, "Begrüßung", document.title]


def test_the_administration_puts_one_on_by_hand_and_nobody_else(meeting, bring, as_):
    document = bring("freigegeben")
    url = at("tagesordnung", document.pk)
    for who in ("nw", "by", "pruefung", "redaktion"):
        assert as_(who).post(url).status_code == 404
    browser = as_("admin")
    assert "Auf die Tagesordnung der" in text_of(browser.get(at("lesen", document.pk)))
    assert "Herbstsitzung" in text_of(browser.post(url, follow=True))
    assert "steht schon" in text_of(browser.post(url, follow=True))
    assert meeting.items.filter(document=document).count() == 1


def test_the_rule_can_be_made_in_the_form(as_):
    data = {"name": "Beraten", "is_active": "on", "deed": "agenda", "to_state": "freigegeben"}
    assert as_("admin").post("/admin/regeln/new/", data).status_code == 302
    assert Rule.objects.get().deed == Rule.Deed.AGENDA


def test_days_in_their_order_and_items_with_words(as_):
    wrong = typed("", "Punkt", ends=TODAY, begins=TODAY + timedelta(days=1))
    answer = as_("admin").post("/admin/sitzungen/new/", wrong)
    assert "Der letzte Tag liegt vor dem ersten." in text_of(answer)
    assert 'value="Punkt"' in answer.content.decode()
    assert not Meeting.objects.exists()


def test_all_read_it_and_only_the_administration_keeps_it(meeting, as_):
    for who in ("nw", "pruefung", "redaktion"):
        page = text_of(as_(who).get(at("sitzungen")))
        assert "Herbstsitzung" in page
        assert "Sitzung anlegen" not in page
        assert as_(who).get(f"/admin/sitzungen/edit/{meeting.pk}/").status_code == 302
    assert "Sitzung anlegen" in text_of(as_("admin").get(at("sitzungen")))


def test_as_many_queries_for_long_agendas(meeting, bring, as_):
    def cost(path):
        browser = as_("by")
        browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            browser.get(path)
        return len(asked)

    paths = [at("sitzungen"), at("sitzung", meeting.pk)]
    document = bring("freigegeben")
    AgendaItem.objects.create(meeting=meeting, document=document, sort_order=9)
    few = [cost(path) for path in paths]
    for number in range(8):
        AgendaItem.objects.create(meeting=meeting, document=document, sort_order=10 + number)
        days = {"begins": TODAY, "ends": TODAY}
        Meeting.objects.create(title=f"Treffen {number}", kind="online", **days)
    assert [cost(path) for path in paths] == few
    assert max(few) <= 40
