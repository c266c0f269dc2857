"""There is one login, by user name, and no way around it."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

PASSWORD = "ein langes Kennwort 7"
LOGIN = "/konto/anmelden/"


@pytest.fixture
def administrator(db):
    return get_user_model().objects.create_superuser("anna", "anna@example.org", PASSWORD)


def logged_in(client):
    return "_auth_user_id" in client.session


def test_login_by_user_name_leads_to_the_member_area(client, administrator):
    response = client.post(LOGIN, {"login": "anna", "password": PASSWORD})

    assert response.status_code == 302
    assert response.url == "/admin/"
    assert logged_in(client)


def test_wrong_password_is_refused(client, administrator):
    response = client.post(LOGIN, {"login": "anna", "password": "falsch"})

    assert response.status_code == 200
    assert not logged_in(client)


@pytest.mark.parametrize(
    "path",
    ["/admin/login/", "/admin/password_reset/", "/admin/password_reset/done/", "/_util/login/"],
)
def test_wagtails_own_login_logs_nobody_in(client, administrator, path):
    response = client.post(
        path, {"username": "anna", "password": PASSWORD, "email": "anna@example.org"}
    )

    assert response.status_code == 302
    assert response.url == LOGIN
    assert not logged_in(client)


def test_member_area_asks_for_our_login(client, db):
    response = client.get("/admin/")

    assert response.status_code == 302
    assert response.url == f"{LOGIN}?next=/admin/"


def test_closed_login_keeps_where_one_wanted_to_go(client, db):
    assert client.get("/admin/login/?next=/admin/pages/").url == f"{LOGIN}?next=%2Fadmin%2Fpages%2F"


def test_nobody_signs_up(client, db):
    form = {"username": "eve", "password1": PASSWORD, "email": "eve@example.org"}

    client.post(reverse("account_signup"), form)

    assert not get_user_model().objects.filter(username="eve").exists()
    assert not logged_in(client)


def test_demo_password_opens_nothing_where_there_is_no_demo(client, db, settings):
    get_user_model().objects.create_superuser("demo", "", settings.KLK_DEMO_PASSWORD)
    settings.KLK_DEMO_ACCOUNTS = False

    response = client.post(LOGIN, {"login": "demo", "password": settings.KLK_DEMO_PASSWORD})

    assert not logged_in(client)
    assert "Zugänge der Demo gelten hier nicht." in response.content.decode()


def test_demo_password_works_in_the_demo(client, db, settings):
    get_user_model().objects.create_superuser("demo", "", settings.KLK_DEMO_PASSWORD)
    settings.KLK_DEMO_ACCOUNTS = True

    client.post(LOGIN, {"login": "demo", "password": settings.KLK_DEMO_PASSWORD})

    assert logged_in(client)


def test_own_account_leads_to_our_password_page_only(client, administrator):
    client.force_login(administrator)

    html = client.get("/admin/account/").content.decode()

    assert reverse("account_change_password") in html
    assert "new_password1" not in html


def test_without_a_role_one_learns_whom_to_ask_and_is_not_sent_round(client, db):
    get_user_model().objects.create_user("ohne", "ohne@example.org", PASSWORD)

    page = client.post(LOGIN, {"login": "ohne", "password": PASSWORD}, follow=True)

    assert [url for url, _status in page.redirect_chain] == ["/admin/", f"{LOGIN}?next=/admin/"]
    assert page.status_code == 403
    assert "Ihr Zugang hat noch keine Rolle." in page.content.decode()
    client.post(reverse("account_logout"))
    assert not logged_in(client)
