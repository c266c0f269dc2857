"""Every address ever issued answers for ever: the Fassung, or 410; never silently an older one."""

import hashlib

import pytest
from django.core.cache import cache

from klk_workflow.models import Edition
from tests.crawl import body

WORDS = {1: "Beispieltext", 2: "Worte der zweiten Fassung"}


@pytest.fixture
def published(world, type_key):
    document = world.start(type_key)
    world.write(document)
    world.attach(document, content="Anlage der ersten Fassung")
    world.bring(document, "veroeffentlicht")
    return world.second_fassung(document, WORDS[2])


def get(client, document, rest=""):
    cache.clear()  # what a commit forgets, a test's transaction does not
    response = client.get(f"/{document.path}/{rest}")
    return response.status_code, body(response)


def listed(client, document):
    cache.clear()
    return body(client.get(f"/{document.type.slug}/"))


def test_both_fassungen_answer_at_their_own_address(published, client):
    for number, words in WORDS.items():
        status, said = get(client, published, f"fassung/{number}/")
        assert status == 200
        assert words in said
    assert WORDS[2] not in get(client, published, "fassung/1/")[1]
    status, said = get(client, published)
    assert (status, WORDS[2] in said) == (200, True)


def test_the_superseded_one_says_that_there_is_a_newer(published, client):
    said = get(client, published, "fassung/1/")[1]
    assert f'href="/{published.path}/' in said
    assert "neuere" in said.lower()


def test_a_withdrawn_current_fassung_is_gone_and_no_older_one_takes_its_place(
    world, published, client
):
    world.do(published, "fassung_zurueckziehen", "redaktion", "Zahlen waren falsch.", edition=2)
    for rest in ("", "fassung/2/"):
        status, said = get(client, published, rest)
        assert status == 410, rest
        assert "Zahlen waren falsch." in said
        assert WORDS[2] not in said
        assert WORDS[1] not in said
    for rest in ("fassung/2/inhalt.json", "fassung/2/zitat.bib"):
        status, said = get(client, published, rest)
        assert status == 410
        assert WORDS[2] not in said
    assert get(client, published, "fassung/1/")[0] == 200
    assert f'href="/{published.path}/' not in listed(client, published)


def test_withdrawing_an_older_fassung_leaves_the_current_one(world, published, client):
    world.do(published, "fassung_zurueckziehen", "redaktion", "Eine Anschrift.", edition=1)
    assert get(client, published, "fassung/1/")[0] == 410
    assert get(client, published)[0] == 200


def test_files_of_a_withdrawn_fassung_are_gone(world, published, client):
    edition = Edition.objects.get(document=published, number=1)
    file = edition.files.get()
    address = f"fassung/1/dateien/{file.sha256}/{file.name}"
    status, said = get(client, published, address)
    assert (status, "Anlage der ersten Fassung" in said) == (200, True)
    world.do(published, "fassung_zurueckziehen", "redaktion", "Eine Anschrift.", edition=1)
    assert get(client, published, address)[0] in {404, 410}
    assert get(client, published, address.replace("fassung/1", "fassung/2"))[0] == 200


def test_shown_again_it_is_the_same(world, published, client):
    before = get(client, published, "fassung/2/inhalt.json")
    world.do(published, "fassung_zurueckziehen", "redaktion", "Irrtum.", edition=2)
    world.do(published, "fassung_wieder_zeigen", "redaktion", "War doch richtig.", edition=2)
    assert get(client, published, "fassung/2/inhalt.json") == before
    assert get(client, published)[0] == 200


def test_a_third_fassung_takes_the_place_of_a_withdrawn_second(world, published, client):
    world.do(published, "fassung_zurueckziehen", "redaktion", "Zahlen falsch.", edition=2)
    world.second_fassung(published, "Worte der dritten Fassung")
    status, said = get(client, published)
    assert (status, "Worte der dritten Fassung" in said) == (200, True)
    assert get(client, published, "fassung/2/")[0] == 410
    assert get(client, published, "fassung/1/")[0] == 200


def test_an_archived_document_keeps_its_addresses(world, published, client):
    world.do(published, "archivieren", "redaktion")
    for rest in ("", "fassung/1/", "fassung/2/", "fassung/1/inhalt.json"):
        assert get(client, published, rest)[0] == 200, rest
    assert f'href="/{published.path}/' not in listed(client, published)
    world.do(published, "wieder_aufnehmen", "redaktion")
    assert f'href="/{published.path}/' in listed(client, published)


def test_what_never_was_is_not_found(published, client):
    for rest in ("fassung/3/", "fassung/0/", "fassung/3/inhalt.json", "fassung/x/", "anders/"):
        assert get(client, published, rest)[0] == 404, rest
    assert get(client, published, f"fassung/{10**30}/")[0] == 404
    assert get(client, published, f"fassung/1/dateien/{'0' * 64}/x.pdf")[0] == 404


def test_what_is_frozen_never_changes(world, published, client):
    """Neither later Fassungen nor renamed offices, parts or outlines change a published byte."""
    before = frozen(published, client)
    office = world.offices["nw"]
    office.name = "Umbenannte Stelle"
    office.save()
    type(published).objects.filter(pk=published.pk).update(title="Umbenannt")
    world.second_fassung(published, "Dritte Fassung")
    after = frozen(published, client)
    assert {key: after[key] for key in before} == before


def frozen(document, client):
    found = {}
    for edition in Edition.objects.filter(document=document):
        address = f"fassung/{edition.number}/"
        found[edition.number, "json"] = client.get(f"/{document.path}/{address}inhalt.json").content
        found[edition.number, "html"] = edition.html
        page = client.get(f"/{document.path}/{address}").content.decode()
        assert edition.html in page
        for file in edition.files.all():
            name = f"/{document.path}/{address}dateien/{file.sha256}/{file.name}"
            data = b"".join(client.get(name).streaming_content)
            assert hashlib.sha256(data).hexdigest() == file.sha256
            found[edition.number, file.sha256] = data
    return found


@pytest.mark.parametrize("name", ["a#b.pdf", "a?b=c.pdf", "50 % Ä ß.pdf", 'x".pdf', "a&b;c.pdf"])
def test_files_with_odd_names_are_reached_by_their_links(world, type_key, client, name):
    """A reader presses the link in the text; the browser cuts at # and ?."""
    import re
    from html import unescape
    from urllib.parse import urldefrag

    from klk_workflow.content.editing import add_part
    from klk_workflow.content.files import store
    from klk_workflow.models import Attachment
    from tests.world import pdf

    document = world.document(type_key)
    file = store(document, pdf(name, "Inhalt"))
    values = {"title": "Anlage", "file": file}
    add_part(document, Attachment, by=world.people["nw"], values=values)
    world.bring(document, "veroeffentlicht")
    html = Edition.objects.get(document=document).html
    link = urldefrag(unescape(re.search(r'href="([^"]*/dateien/[^"]*)"', html)[1])).url
    response = client.get(link)
    assert response.status_code == 200, link
    assert b"Inhalt" in b"".join(response.streaming_content)
