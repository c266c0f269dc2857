"""Acting: the question, the act, and what is refused comes back filled."""

import pytest

from klk_workflow.models import Document, Event, Section
from tests.klk_workflow.admin.conftest import at, marked, text_of
from tests.klk_workflow.admin.test_reading import rewrite


def seen(document, **more):
    document.refresh_from_db()
    return {"seen_digest": document.digest, "seen_seq": document.event_count, **more}


def act(as_, who, document, action, data, **more):
    return as_(who).post(at("handeln", document.pk, action), data, **more)


def test_submitting_says_who_knows_of_it(draft, as_):
    answer = act(as_, "nw", draft, "einreichen", seen(draft), follow=True)
    assert "Eingereicht. Die Prüfung wurde benachrichtigt." in text_of(answer)
    assert Event.objects.get().action == "einreichen"


def test_before_submitting_one_sees_what_becomes_public(draft, as_):
    page = text_of(as_("nw").get(at("handeln", draft.pk, "einreichen")))
    assert "Wird öffentlich" in page
    internal = page.partition("Bleibt nur für die KLK")[2]
    assert Section.objects.filter(visibility="internal").first().title in internal


def test_what_is_missing_is_linked(people, period, as_):
    from tests.klk_workflow.conftest import start_report

    document = start_report(people["nw"], "nw", period)
    section = Section.objects.get(document=document, key="kurzfassung")
    page = as_("nw").get(at("handeln", document.pk, "einreichen")).content.decode()
    assert f'href="{at("teil", document.pk, "abschnitt", section.pk)}">Kurzfassung' in page
    assert "<button" not in page.partition('id="main"')[2].partition("klk-page")[2]


@pytest.mark.parametrize("action", ["veroeffentlichen", "termin_setzen"])
def test_before_publishing_one_sees_it_again(action, bring, as_):
    document = bring("freigegeben")
    page = text_of(as_("redaktion").get(at("handeln", document.pk, action)))
    internal = page.partition("Wird öffentlich")[2].partition("Bleibt nur für die KLK")[2]
    assert Section.objects.filter(visibility="internal").first().title in internal


def test_whether_anybody_can_decide(draft, people, as_):
    people["freigabe"].groups.clear()
    page = text_of(as_("nw").get(at("handeln", draft.pk, "einreichen")))
    assert "Zurzeit kann niemand freigeben" in page


def test_pressing_twice_submits_once(draft, as_):
    data = seen(draft)
    act(as_, "nw", draft, "einreichen", data)
    again = act(as_, "nw", draft, "einreichen", data, follow=True)
    assert again.status_code == 200
    assert Event.objects.count() == 1


def test_asking_for_changes_without_words_comes_back(draft, go, as_):
    go(draft, "einreichen", "nw")
    answer = act(as_, "pruefung", draft, "ueberarbeitung_anfordern", seen(draft, remark=" "))
    assert answer.status_code == 422
    assert "Was ist zu tun? (nötig) Bitte schreiben Sie etwas dazu." in text_of(answer)
    assert Document.objects.get().state == "eingereicht"


@pytest.mark.parametrize("action", ["fassung_zurueckziehen", "neue_fassung"])
def test_missing_words_are_asked_for_at_their_field(action, bring, as_):
    document = bring("veroeffentlicht")
    who = "redaktion" if action == "fassung_zurueckziehen" else "nw"
    page = as_(who).get(at("handeln", document.pk, action) + "?fassung=1")
    assert page.context["form"].fields["remark"].required
    answer = act(as_, who, document, action, seen(document, fassung=1, remark=""))
    assert answer.status_code == 422
    field = answer.content.decode().partition('klk-field--error">')[2]
    assert "Bitte schreiben Sie etwas dazu." in field.partition("<textarea")[0]


def test_a_changed_text_is_shown_and_the_remark_kept(draft, go, people, as_):
    rewrite(draft, people["nw"], "Eine Region hat Konferenzen.")
    go(draft, "einreichen", "nw")
    data = seen(draft, remark="Sehr gut so.")
    go(draft, "zuruecknehmen", "nw")
    rewrite(draft, people["nw"], "Drei Regionen haben Konferenzen.")
    go(draft, "einreichen", "nw")
    answer = act(as_, "pruefung", draft, "weitergeben", data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Sehr gut so." in page
    assert "<del>Eine Region hat</del><ins>Drei Regionen haben</ins>" in marked(answer)
    draft.refresh_from_db()
    assert f'value="{draft.digest}"' in page
    act(as_, "pruefung", draft, "weitergeben", seen(draft, remark="Sehr gut so."))
    assert Document.objects.get().state == "geprueft"


def test_who_comes_second_is_told_where_it_is(draft, go, people, make_user, as_):
    people["other"] = make_user("pruefung-2", "Prüfung")
    go(draft, "einreichen", "nw")
    data = seen(draft, remark="Mir fehlt etwas.")
    go(draft, "weitergeben", "pruefung")
    answer = act(as_, "other", draft, "weitergeben", data)
    assert answer.status_code == 409
    assert "Der Stand ist jetzt „Geprüft“" in text_of(answer)


def test_who_may_not_act_does_not_learn_of_it(draft, as_):
    assert as_("by").get(at("handeln", draft.pk, "einreichen")).status_code == 404
    assert act(as_, "by", draft, "einreichen", seen(draft)).status_code == 404
    assert act(as_, "admin", draft, "einreichen", seen(draft)).status_code == 403
    assert as_("nw").get(at("handeln", draft.pk, "unsinn")).status_code == 404
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "hour", "message"),
    [
        ("2031-03-30", "02:30", "gibt es an dem Tag nicht"),
        ("2031-10-26", "02:30", "gibt es an dem Tag zweimal"),
        ("2020-01-01", "10:00", "der noch kommt"),
        ("", "10:00", "Dieses Feld"),
    ],
)
def test_a_date_that_cannot_be_meant_is_asked_back(day, hour, message, bring, as_):
    document = bring("freigegeben")
    answer = act(as_, "redaktion", document, "termin_setzen", seen(document, day=day, hour=hour))
    assert message in text_of(answer)
    assert hour in answer.content.decode()
    assert Document.objects.get().scheduled_for is None


@pytest.mark.parametrize(
    ("which", "moment", "season"),
    [
        ("1", "2031-10-26T00:30:00+00:00", "Sommerzeit"),
        ("2", "2031-10-26T01:30:00+00:00", "Winterzeit"),
    ],
)
def test_one_of_two_hours(which, moment, season, bring, as_):
    document = bring("freigegeben")
    data = seen(document, day="2031-10-26", hour="02:30", which=which)
    answer = act(as_, "redaktion", document, "termin_setzen", data, follow=True)
    assert f"Der Termin steht: 26. Oktober 2031, 02:30 Uhr ({season})." in text_of(answer)
    assert Document.objects.get().scheduled_for.isoformat() == moment
    page = text_of(as_("redaktion").get("/admin/"))
    assert "erscheint am 26. Oktober 2031, 02:30 Uhr" in page


def test_a_fassung_is_withdrawn_and_shown_again(bring, as_):
    document = bring("veroeffentlicht")
    page = as_("redaktion").get(at("handeln", document.pk, "fassung_zurueckziehen") + "?fassung=1")
    assert "Fassung zurückziehen: Fassung 1" in text_of(page)
    data = seen(document, fassung=1, remark="Eine Adresse stand darin.")
    act(as_, "redaktion", document, "fassung_zurueckziehen", data)
    assert document.editions.get().is_withdrawn
    path = as_("redaktion").get(at("lesen", document.pk)).content.decode()
    path = path.partition("klk-steps")[2].partition("</ol>")[0]
    assert 'class="klk-steps--withdrawn">Fassung 1 zurückgezogen' in path
    assert "Veröffentlicht" not in path
    data = seen(document, fassung=1, remark="Sie ist entfernt.")
    act(as_, "redaktion", document, "fassung_wieder_zeigen", data)
    assert not document.editions.get().is_withdrawn


def test_asking_is_constant(draft, as_, django_assert_max_num_queries):
    browser = as_("nw")
    browser.get(at("handeln", draft.pk, "einreichen"))
    with django_assert_max_num_queries(32):
        browser.get(at("handeln", draft.pk, "einreichen"))
