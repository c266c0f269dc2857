"""Reporting a barrier: no cookie, nothing lost, no door for programs."""

import re
from typing import Any

import pytest
from django.core import mail, signing
from django.test import Client, override_settings

from home.forms import SALT

HERE = {"Origin": "http://testserver"}
ADDRESS = "/barrierefreiheit/melden/"


@pytest.fixture(autouse=True)
def _operator(settings: Any, db: None) -> None:
    settings.KLK_OPERATOR_EMAIL = "post@betreiber.test"


def _token(client: Client) -> str:
    page = client.get(ADDRESS).content.decode()
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def _send(client: Client, headers: dict[str, str] = HERE, **fields: str) -> Any:
    values = {"message": "Der Knopf ist stumm.", "token": _token(client)} | fields
    return client.post(ADDRESS, values, headers=headers)


def test_report_reaches_the_operator(client: Client) -> None:
    answer = _send(client, address="/laender/", email="leserin@post.test")
    assert answer.status_code == 302
    assert "Danke, Ihre Meldung ist unterwegs" in client.get(answer["Location"]).content.decode()
    (sent,) = mail.outbox
    assert (sent.to, sent.reply_to) == (["post@betreiber.test"], ["leserin@post.test"])
    assert "Der Knopf ist stumm." in sent.body
    assert "/laender/" in sent.body
    assert not client.cookies


def test_page_says_where_it_comes_from_and_is_kept_nowhere(client: Client) -> None:
    answer = client.get(ADDRESS)
    assert answer["Referrer-Policy"] == "same-origin"  # else browsers send "Origin: null"
    assert "no-store" in answer["Cache-Control"]
    assert 'name="referrer" content="same-origin"' in answer.content.decode()


@pytest.mark.parametrize("origin", ["https://anders.test", "null", ""])
def test_form_of_another_site_is_refused_and_the_text_kept(client: Client, origin: str) -> None:
    answer = _send(client, headers={"Origin": origin} if origin else {})
    assert answer.status_code == 403
    assert "Der Knopf ist stumm." in answer.content.decode()
    assert mail.outbox == []


def test_forged_and_stale_tokens_are_refused_with_a_fresh_one(client: Client) -> None:
    page = _send(client, token="form:1:erfunden").content.decode()
    assert "zu lange offen" in page
    assert "Der Knopf ist stumm." in page
    fresh = re.search(r'name="token" value="([^"]+)"', page)[1]
    assert signing.TimestampSigner(salt=SALT).unsign(fresh) == "form"
    assert mail.outbox == []


def test_field_that_people_do_not_see_must_stay_empty(client: Client) -> None:
    assert "versteckte Feld" in _send(client, website="https://spam.test").content.decode()
    assert mail.outbox == []


def test_missing_text_is_said_at_the_field(client: Client) -> None:
    page = _send(client, message="", email="keine-adresse").content.decode()
    assert 'aria-invalid="true"' in page
    assert 'id="message-fehler"' in page
    assert 'value="keine-adresse"' in page


def test_too_many_reports_are_stopped_before_they_flood(client: Client) -> None:
    answers = [_send(client).status_code for _number in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(mail.outbox) == 5


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_PORT=1)
def test_a_mail_server_that_is_away_loses_nothing(client: Client) -> None:
    answer = _send(client)
    assert answer.status_code == 503
    assert "Der Knopf ist stumm." in answer.content.decode()
