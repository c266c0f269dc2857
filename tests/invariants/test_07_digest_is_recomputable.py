"""Anybody can recompute the content digest from the public JSON; it changes with the content only.

The recomputation here is a stranger's: RFC 8785 for such values and SHA-256, nothing of ours.
"""

import hashlib
import json
import unicodedata

import pytest

from klk_workflow.content.digest import document_digest
from klk_workflow.content.editing import move_part, save_part
from klk_workflow.models import Document, Edition, Section
from tests.world import body


def strangers_canonical(value):
    """RFC 8785 for text, whole numbers, lists and objects: keys by UTF-16, no spaces."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        inner = (f"{strangers_canonical(k)}:{strangers_canonical(value[k])}" for k in keys)
        return "{" + ",".join(inner) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(strangers_canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def strangers_digest(value):
    return hashlib.sha256(strangers_canonical(value).encode()).hexdigest()


def recomputed(text):
    """The content digest of a public JSON: the digests of its parts, in the place of the parts."""
    content = json.loads(text)
    names = ("schema", "type", "key", "fields", "public", "internal")
    kept = {name: content[name] for name in names}
    return strangers_digest({**kept, "public": [strangers_digest(p) for p in kept["public"]]})


def digest(document):
    fresh = Document.objects.get(pk=document.pk).specific
    assert fresh.digest == document_digest(fresh, fresh.parts())
    return fresh.digest


def test_from_the_public_address(world, type_key, client):
    document = world.start(type_key)
    world.write(document, words='Umlaute ä €, "Anführung" \\ und 😀')
    world.attach(document, content="Anlage")
    world.bring(document, "veroeffentlicht")
    answer = client.get(f"/{document.path}/fassung/1/inhalt.json")
    stated = json.loads(answer.content)["digest"]
    assert recomputed(answer.content) == stated == Edition.objects.get().digest
    assert strangers_canonical(json.loads(answer.content)).encode() == answer.content


def test_one_letter_in_the_public_json_is_noticed(world, type_key):
    document = world.document(type_key, "veroeffentlicht")
    text = Edition.objects.get(document=document).json
    assert recomputed(text.replace("Beispieltext", "Beispielteyt", 1)) != document.digest


def save(world, section, changes):
    current = Section.objects.get(pk=section.pk)
    by = world.people["nw"]
    return save_part(current, by=by, seen_version=current.version, changes=changes)


@pytest.mark.parametrize(
    ("stored", "again"),
    [
        ("<p>Grün</p>", "<p>Gru\u0308n</p>"),
        ("<p>Text</p>", '<p data-block-key="a1b2c">Text</p>'),
        ('<p data-block-key="x">Text</p>', '<p data-block-key="y">Text</p>'),
    ],
)
def test_a_save_that_says_the_same_changes_nothing(world, type_key, stored, again):
    document = world.document(type_key)
    section = document.parts()[0]
    blocks = Section._meta.get_field("body").stream_block

    def as_body(html, key):
        return blocks.to_python([{"type": "text", "value": html, "id": key}])

    first = save(world, section, {"body": as_body(stored, "1")})
    before = digest(document)
    assert unicodedata.normalize("NFC", stored) == stored
    second = save(world, section, {"body": as_body(again, "2")})
    assert digest(document) == before
    assert second.version == first.version


def test_round_trips_through_the_database_change_nothing(world, type_key):
    document = world.document(type_key)
    before = digest(document)
    for part in document.parts():
        part.save()
    assert digest(document) == before


def test_it_changes_with_a_letter_the_visibility_the_articles_and_the_order(world, type_key):
    document = world.document(type_key)
    section = document.parts()[0]
    rows = [world.attach(document, content=str(number)) for number in range(2)]
    seen = {digest(document)}
    for changes in (
        {"body": body("Beispieltext.")},
        {"body": body("Beispieltext!")},
        {"visibility": "internal"},
        {"articles": [7, 8]},
    ):
        save(world, section, changes)
        seen.add(digest(document))
    move_part(rows[0], by=world.people["nw"], up=False)
    seen.add(digest(document))
    assert len(seen) == 6


def test_it_changes_with_a_letter_in_any_row(world, type_key):
    document = world.document(type_key)
    if not document.type.example.parts:
        pytest.skip("this type has no rows of its own")
    kind, values = document.type.example.parts[0]
    row = next(part for part in document.parts() if part.kind == kind)
    seen = {digest(document)}
    for visibility in ("public", "internal"):
        for name in values:
            current = type(row).objects.get(pk=row.pk)
            changes = {name: f"{getattr(current, name)}x", "visibility": visibility}
            by = world.people["nw"]
            save_part(current, by=by, seen_version=current.version, changes=changes)
            seen.add(digest(document))
    assert len(seen) == 1 + 2 * len(values)


def test_internal_parts_count_too(world, type_key):
    """The salted digest in their place changes with them, and hides them."""
    document = world.document(type_key)
    section = next(p for p in document.parts() if not p.is_public)
    before = digest(document)
    save(world, section, {"body": body("Anders.")})
    assert digest(document) != before
