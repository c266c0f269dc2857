"""*Nur KLK* appears in nothing public: no text, no title, no count.

Every field and file of every document holds a marker of its own; whatever marker turns up in
public must stand in the public side of a published Fassung.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from home.search import index
from klk_workflow.automation.outbox import send_waiting
from klk_workflow.models import Edition, OutboxMail
from klk_workflow.publication.pdf import markup
from tests.crawl import body, crawl, public_addresses

pytestmark = pytest.mark.django_db

PUBLISHED = {"veroeffentlicht", "archiviert"}
#: What the website's search knows; asked in a test of its own.
SEARCHED = ("home_search_entry", "home_search_word")


def may_be_public(marked):
    return marked.public and marked.layer == "text" and marked.state in PUBLISHED


def forbidden(marking, text):
    return {t for t in marking.found_in(text) if not may_be_public(marking.known[t])}


def test_no_public_address_says_more_than_was_published(marking, client):
    answers = crawl(client, public_addresses(marking.documents), limit=5000)
    for address, (response, said) in answers.items():
        assert response.status_code < 500, address
        found = forbidden(marking, said)
        assert not found, f"{address}: {marking.describe(found)}"
    shown = {t for _response, said in answers.values() for t in marking.found_in(said)}
    missing = {t for t, m in marking.known.items() if may_be_public(m)} - shown
    assert not missing, f"the crawl should have met: {marking.describe(missing)}"


def test_no_pdf_says_more_than_was_published(marking):
    for edition in Edition.objects.all():
        found = forbidden(marking, markup(edition))
        assert not found, marking.describe(found)


def test_no_member_page_says_anything_to_strangers(marking, client):
    for document in marking.documents:
        for address in (
            f"/admin/dokumente/{document.pk}/",
            f"/admin/dokumente/{document.pk}/verlauf/",
        ):
            response = client.get(address)
            assert response.status_code in {302, 404}, address
            assert not marking.found_in(body(response))
        for file in document.files.all():
            response = client.get(f"/admin/dokumente/{document.pk}/dateien/{file.sha256}/")
            assert response.status_code == 302


def test_asking_for_a_marker_finds_nothing(marking, client):
    """Search, in whatever place it is offered."""
    internal = [t for t, m in marking.known.items() if not may_be_public(m)]
    for token in internal[:: len(internal) // 20]:
        for address in ("/suche/", "/search/", "/", "/laenderberichte/", "/api/v2/pages/"):
            for name in ("q", "suche", "search", "query"):
                said = body(client.get(address, {name: token})).replace(token, "", 3)
                assert not forbidden(marking, said), address


def test_the_search_knows_what_is_shown_and_no_word_more(marking, client):
    index.rebuild()
    for table in SEARCHED:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            held = marking.found_in(str(cursor.fetchall()))
        wrong = forbidden(marking, " ".join(held)) | {
            token for token in held if marking.known[token].state != "veroeffentlicht"
        }
        assert held, table
        assert not wrong, f"{table}: {marking.describe(wrong)}"
    assert client.get("/suche/", {"q": min(held)}).context["found"].hits
    internal = [token for token, marked in marking.known.items() if not marked.public]
    for token in internal[:: len(internal) // 10]:
        found = client.get("/suche/", {"q": token}).context["found"]
        shown = {hit.entry.title for hit in found.hits} if not found.taken else set()
        assert not shown, marking.describe({token})


def test_nothing_lies_in_public_folders(marking):
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.STATIC_ROOT)):
        for path in folder.rglob("*") if folder.exists() else []:
            assert not marking.found_in(path.name), path
            if path.is_file():
                assert not marking.found_in(path.read_bytes().decode("latin-1")), path


def test_no_table_outside_the_engine_holds_a_word(marking):
    """Search indexes, logs and references of Wagtail know nothing of documents."""
    inside = ("klk_", "reversion_")
    for table in connection.introspection.table_names():
        if not table.startswith(inside):
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{table}"')
                assert not marking.found_in(str(cursor.fetchall())), table


def test_mails_say_what_was_said_and_no_content(marking, mailoutbox):
    """A mail names the document and the words of the act; it never carries the text."""
    rows = {mail.message_id: mail for mail in OutboxMail.objects.select_related("event__document")}
    assert send_waiting(limit=len(rows)) == len(rows) > 0
    for sent in mailoutbox:
        mail = rows[sent.extra_headers["Message-ID"]]
        found = marking.found_in(f"{sent.subject} {sent.body} {sent.alternatives[0].content}")
        content = {t for t in found if marking.known[t].layer != "talk"}
        assert not content, marking.describe(content)
        foreign = {
            t for t in found if marking.known[t].natural_key != mail.event.document.natural_key
        }
        assert not foreign, marking.describe(foreign)
        assert mail.to != "mitglied-by@example.org"


def test_words_of_an_act_go_only_to_those_who_read_the_document(marking):
    allowed = {"nw", "nw2", "pruefung", "pruefung2", "freigabe", "freigabe2", "redaktion"}
    to = set(OutboxMail.objects.values_list("to", flat=True))
    assert to <= {f"{name}@example.org" for name in allowed}
