"""The page: words and choices in the address, helpful when nothing is found, kept by nobody."""

from collections.abc import Callable
from typing import Any

from django.test import Client

Do = Callable[..., Any]


def test_before_anything_is_asked_it_says_how_to_begin(client: Client, publish: Do) -> None:
    publish("Sicher sprechen", topics=["schutz"])
    page = client.get("/suche/").content.decode()
    assert "?thema=schutz" in page
    assert "Spuren vermeiden" in page
    assert "Treffer" not in page


def test_an_answer_can_be_narrowed_down_by_plain_links(client: Client, publish: Do) -> None:
    publish("Sicher sprechen", professions=["polizei"])
    page = client.get("/suche/?q=sprechen").content.decode()
    assert "1 Treffer für „sprechen“" in page
    assert 'href="?q=sprechen&amp;beruf=polizei"' in page
    narrowed = client.get("/suche/?q=sprechen&beruf=polizei").content.decode()
    assert "eingegrenzt auf Polizei" in narrowed
    assert '<input type="hidden" name="beruf" value="polizei">' in narrowed


def test_nothing_found_helps_on(client: Client, publish: Do) -> None:
    publish("Sicher sprechen")
    page = client.get("/suche/?q=qqqq&beruf=polizei").content.decode()
    assert "0 Treffer" in page
    assert 'href="?q=qqqq"' in page
    assert 'href="/hilfe/"' in page


def test_an_unknown_word_is_said_to_be_one(client: Client, publish: Do) -> None:
    publish("Fallkonferenz")
    page = client.get("/suche/?q=Fallkonfernz").content.decode()
    assert "„Fallkonfernz“ kommt nirgends vor." in page
    assert "<strong>Fallkonferenz</strong>" in page


def test_other_near_words_are_offered(client: Client, publish: Do) -> None:
    publish("Handeln")
    publish("Wandeln")
    page = client.get("/suche/?q=Bandeln").content.decode()
    assert "Oder meinten Sie" in page
    assert 'href="?q=Wandeln"' in page


def test_what_is_typed_is_text_and_never_markup(client: Client, publish: Do) -> None:
    publish("Sicher <b>sprechen</b>")
    page = client.get("/suche/", {"q": "<script>alert(1)</script> sprechen"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;<mark>sprechen</mark>" in page


def test_answers_are_kept_nowhere_and_found_by_no_engine(client: Client, publish: Do) -> None:
    publish("Sicher sprechen")
    response = client.get("/suche/?q=sprechen")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in response.content.decode()
    assert "noindex" not in client.get("/suche/").content.decode()
    assert not response.cookies
    publish("Sicher schweigen")
    assert "schweigen" in client.get("/suche/?q=Sicher").content.decode()


def test_longer_answers_have_pages(client: Client, publish: Do) -> None:
    for number in range(12):
        publish(f"Fallkonferenz {number}")
    page = client.get("/suche/?q=Fallkonferenz&seite=2").content.decode()
    assert "Seite 2 von 2" in page
    assert '<ol class="rows rows--hits" start="11">' in page
    assert 'href="?q=Fallkonferenz&amp;seite=1"' in page


def test_every_page_leads_to_the_search_and_some_ask_at_once(client: Client, publish: Do) -> None:
    publish("Sicher sprechen")
    for address, fields in (("/", 1), ("/hilfe/", 0), ("/suche/", 1), ("/gibt-es-nicht/", 1)):
        page = client.get(address).content.decode()
        assert 'href="/suche/#suche"' in page, address
        assert page.count('name="q"') == fields, address


def test_only_asking_is_allowed(client: Client) -> None:
    assert client.post("/suche/", {"q": "x"}).status_code == 405
