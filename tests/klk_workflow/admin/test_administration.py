"""What the administration keeps: offices with their people, periods, outlines; and who may."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.admin.menu import admin_menu, settings_menu

from klk_workflow.models import Membership, Outline, Period
from tests.klk_workflow.admin.conftest import at, text_of
from tests.world import REPORT


def rows(outline, **changes):
    data = {
        "form-TOTAL_FORMS": str(len(outline.data) + 1),
        "form-INITIAL_FORMS": str(len(outline.data)),
    }
    for number, row in enumerate(outline.data):
        for name, value in row.items():
            if value not in (None, False):
                typed = ", ".join(map(str, value)) if name == "articles" else value
                data[f"form-{number}-{name}"] = typed
        data[f"form-{number}-ORDER"] = number + 1
    return data | changes


@pytest.fixture
def outline(db):
    return Outline.objects.get(type_key=REPORT, version=1)


def test_the_next_outline(outline, period, as_):
    new = len(outline.data)
    data = rows(
        outline,
        **{
            "form-0-title": "Das Wichtigste",
            "form-1-DELETE": "on",
            f"form-{new}-title": "Neues Thema",
            f"form-{new}-guiding_question": "Was ist neu?",
            f"form-{new}-visibility": "internal",
            f"form-{new}-articles": "7, 10",
            f"form-{new}-ORDER": "0",
        },
    )
    answer = as_("admin").post(at("gliederung_neu", REPORT), data, follow=True)
    assert "Gliederung 2 ist gespeichert." in text_of(answer)
    made = Outline.objects.get(type_key=REPORT, version=2).data
    assert [row["key"] for row in made][:2] == ["neues-thema", "kurzfassung"]
    assert made[0]["articles"] == [7, 10]
    assert made[1]["title"] == "Das Wichtigste"
    assert len(made) == len(outline.data)
    outline.refresh_from_db()
    assert outline.data[0]["title"] == "Kurzfassung"
    assert Period.objects.get().outline == outline


def test_untouched_empty_rows_are_no_sections(outline, as_):
    browser, url = as_("admin"), at("gliederung_neu", REPORT)
    rows_shown = browser.get(url).context["rows"]
    data = {f.html_name: f.value() for form in rows_shown for f in form if f.value()}
    data |= {f.html_name: f.value() for f in rows_shown.management_form}
    last = len(outline.data) + 2
    data |= {f"form-{last}-visibility": "internal", f"form-{last}-ORDER": "3"}
    answer = browser.post(url, data, follow=True)
    assert "Gliederung 2 ist gespeichert." in text_of(answer)
    made = Outline.objects.get(type_key=REPORT, version=2)
    assert [row["key"] for row in made.data] == [row["key"] for row in outline.data]


def test_a_half_written_new_row_comes_back(outline, as_):
    new = len(outline.data)
    data = rows(outline, **{f"form-{new}-hint": "Nur ein Hinweis"})
    answer = as_("admin").post(at("gliederung_neu", REPORT), data)
    assert answer.status_code == 422


def test_a_wrong_row_comes_back_with_its_message(outline, as_):
    data = rows(outline, **{"form-0-articles": "7, 999", "form-1-title": ""})
    answer = as_("admin").post(at("gliederung_neu", REPORT), data)
    assert answer.status_code == 422
    assert "Diese Artikel gibt es nicht: 999." in text_of(answer)
    assert Outline.objects.filter(type_key=REPORT).count() == 1


@pytest.mark.parametrize("who", ["nw", "pruefung", "freigabe", "redaktion"])
def test_others_keep_nothing(who, period, as_):
    browser = as_(who)
    assert browser.get(at("gliederungen")).status_code == 404
    assert browser.get(at("gliederung_neu", REPORT)).status_code == 404
    for path in ("/admin/stellen/", "/admin/zeitraeume/new/", "/admin/users/"):
        assert browser.get(path).status_code == 302


def test_an_office_and_its_people(people, offices, as_):
    office = offices["bund"]
    data = {"name": office.name, "kind": office.kind, "land": "", "people": [people["by"].pk]}
    answer = as_("admin").post(f"/admin/stellen/edit/{office.pk}/", data)
    assert answer.status_code == 302
    assert list(office.memberships.values_list("user_id", flat=True)) == [people["by"].pk]
    assert Membership.objects.filter(user=people["by"]).count() == 2


def test_a_period(outline, as_, people):
    data = {
        "label": "1. Halbjahr 2027",
        "slug": "2027-1",
        "year": 2027,
        "half": 1,
        "opens": "2027-01-01",
        "due": "2026-01-01",
        "outline": outline.pk,
    }
    refused = as_("admin").post("/admin/zeitraeume/new/", data)
    assert "Die Abgabe liegt vor dem Beginn der Runde." in text_of(refused)
    as_("admin").post("/admin/zeitraeume/new/", data | {"due": "2027-07-15"})
    assert Period.objects.get().due.year == 2027


def test_the_slug_stays_once_a_report_has_begun(draft, period, as_):
    data = {
        "label": "Neu",
        "slug": "anders",
        "year": 2026,
        "half": 2,
        "opens": "2026-07-01",
        "due": "2027-01-15",
        "outline": period.outline_id,
    }
    as_("admin").post(f"/admin/zeitraeume/edit/{period.pk}/", data)
    period.refresh_from_db()
    assert (period.label, period.slug) == ("Neu", "2026-2")


@pytest.mark.parametrize("who", ["nw", "pruefung", "freigabe", "redaktion", "admin"])
def test_roles_are_explained_to_everybody(who, as_, people):
    page = text_of(as_(who).get(at("rollen")))
    assert "Ihre Rolle" in page
    assert "In Überarbeitung" in page
    assert as_(who).get(at("stelle")).status_code == 200


def test_the_redaktion_keeps_pages_and_nobody_else(as_, people):
    assert as_("redaktion").get("/admin/images/").status_code == 200
    assert as_("admin").get("/admin/images/").status_code == 302
    assert as_("nw").get("/admin/images/").status_code == 302


def test_only_our_roles_can_be_given(people, as_):
    page = as_("admin").get("/admin/users/new/").content.decode()
    assert "Redaktion" in page
    assert "Moderators" not in page
    assert "Editors" not in page


def test_only_a_superuser_makes_superusers(people, as_):
    browser, user, box = as_("admin"), people["nw"], 'type="checkbox" name="is_superuser"'
    for path in ("/admin/users/new/", f"/admin/users/edit/{user.pk}/"):
        page = browser.get(path).content.decode()
        assert box not in page
        assert "Administratoren haben" not in page
    data = {
        "username": user.username,
        "email": user.email,
        "first_name": "Ada",
        "last_name": "Muster",
        "is_active": "on",
        "is_superuser": "on",
    }
    browser.post(f"/admin/users/edit/{user.pk}/", data)
    user.refresh_from_db()
    assert (user.first_name, user.is_superuser) == ("Ada", False)
    people["admin"].is_superuser = True
    people["admin"].save()
    assert box in browser.get("/admin/users/new/").content.decode()


def test_nobody_else_touches_or_meets_a_superuser(people, as_):
    root = get_user_model().objects.create_superuser("chefin", "chefin@example.org", "klk-test")
    browser = as_("admin")
    assert "chefin" not in browser.get("/admin/users/").content.decode()
    data = {"username": "chefin", "email": "neu@example.org", "password1": "n", "password2": "n"}
    for path in ("edit", "delete", "history"):
        assert browser.get(f"/admin/users/{path}/{root.pk}/").status_code == 404
        assert browser.post(f"/admin/users/{path}/{root.pk}/", data).status_code in {404, 405}
    address = f"/admin/bulk/auth/user/set_active_state/?id={root.pk}&id={people['nw'].pk}"
    assert browser.post(address, {"mark_as_active": "False"}).status_code in {302, 403}
    browser.post(f"/admin/bulk/auth/user/delete/?id={root.pk}")
    root.refresh_from_db()
    assert (root.is_active, root.email) == (True, "chefin@example.org")
    people["nw"].refresh_from_db()
    assert people["nw"].is_active


def test_the_list_of_people_says_roles_in_constant_queries(
    people, as_, django_assert_max_num_queries
):
    page = text_of(as_("admin").get("/admin/users/"))
    assert "Freigabe" in page
    assert "offen" in page
    assert "True" not in page
    with django_assert_max_num_queries(40) as few:
        as_("admin").get("/admin/users/")
    for number in range(20):
        user = get_user_model().objects.create_user(f"mehr-{number}")
        user.groups.set(people["nw"].groups.all())
    with django_assert_max_num_queries(len(few)):
        as_("admin").get("/admin/users/")


@pytest.mark.parametrize("path", ["/admin/gibt-es-nicht/", "/admin/dokumente/999999/"])
def test_a_wrong_address_says_so_plainly(path, people, as_):
    answer = as_("nw").get(path)
    assert answer.status_code == 404
    page = text_of(answer)
    assert "Diese Seite gibt es nicht, oder sie ist nicht für Sie bestimmt." in page
    assert "Wagtail" not in page


@pytest.mark.parametrize(("who", "entries"), [("admin", 6), ("redaktion", 0), ("nw", 0)])
def test_what_is_set_up_once_stands_under_settings(people, rf, who, entries):
    request = rf.get("/admin/")
    request.user = people[who]
    everyday = {str(item.label) for item in admin_menu.menu_items_for_request(request)}
    once = {str(item.label) for item in settings_menu.menu_items_for_request(request)}
    seldom = {
        *("Zeiträume", "Gliederungen", "Regeln"),
        *("Erweiterungen", "Programme", "Nachrichtenprotokoll"),
    }
    assert len(once & seldom) == entries
    assert not everyday & seldom
