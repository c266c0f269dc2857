"""What browsers are told on public pages, at the login and in the member area."""

import pytest

pytestmark = pytest.mark.django_db


def policy(response):
    parts = response.headers["Content-Security-Policy"].split("; ")
    return {part.split(" ", 1)[0]: part.split(" ", 1)[1] for part in parts}


def test_public_page_sets_no_cookie_and_tells_nobody_where_one_came_from(client):
    response = client.get("/")

    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/gibt-es-nicht/", "/konto/anmelden/"])
def test_policy_is_strict_outside_the_member_area(client, path):
    found = policy(client.get(path))

    assert found["default-src"] == "'none'"
    assert found["script-src"] == found["style-src"] == found["connect-src"] == "'self'"
    assert found["img-src"] == "'self' data:"
    assert found["frame-ancestors"] == "'none'"


def test_member_area_allows_inline_code_but_no_other_host(admin_client):
    response = admin_client.get("/admin/")
    found = policy(response)

    assert found["script-src"] == found["style-src"] == "'self' 'unsafe-inline'"
    assert found["default-src"] == "'none'"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]


def test_login_page_stays_out_of_caches(client):
    response = client.get("/konto/anmelden/")

    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]
