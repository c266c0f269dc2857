"""What is internal leaves no trace in a Fassung: no count, no salt, no section made internal."""

import json

import pytest

from klk_workflow.content.editing import save_part
from klk_workflow.models import Document, Edition, Section
from klk_workflow.registry import registry
from tests.crawl import body, crawl, public_addresses
from tests.world import World


@pytest.fixture
def public_faces(world: World, type_key):
    """The public side of two documents that differ in what is internal, and in nothing else."""
    faces = []
    for nth, extra in enumerate((0, 3)):
        document = world.document(type_key, nth=nth)
        for number in range(extra):
            attachment = world.attach(document, content=str(number))
            save_part(
                attachment,
                by=world.people["nw"],
                seen_version=attachment.version,
                changes={"visibility": "internal"},
            )
        world.bring(document, "veroeffentlicht")
        faces.append(Edition.objects.get(document=document))
    return faces


def test_not_even_a_count_shows(public_faces, client):
    texts = []
    for edition in public_faces:
        content = json.loads(edition.json)
        unlike = {"internal", "digest", "key", "title"}
        fields = {k: v for k, v in content.pop("fields").items() if k != "first_year"}
        for part in content["public"]:
            part.pop("key")  # of rows it is made by chance
        texts.append(
            (
                {k: v for k, v in content.items() if k not in unlike},
                fields,
                sorted(content),
                edition.toc,
                edition.summary,
                len(content["internal"]),
            )
        )
    assert texts[0] == texts[1]


def test_the_salt_is_never_published(world, type_key, client):
    """Without it nobody can try out what the internal part may say."""
    document = world.document(type_key, "veroeffentlicht")
    salts = [document.salt, *document.events.values_list("name__salt", flat=True)]
    answers = crawl(client, public_addresses([document]), limit=300)
    for address, (_response, said) in answers.items():
        assert not any(salt in said for salt in salts), address


def test_making_a_section_internal_takes_it_out_of_the_next_fassung(world, type_key, client):
    document = world.document(type_key, "veroeffentlicht")
    world.do(document, "neue_fassung", "nw", "Ein Abschnitt wird intern.")
    section = Section.objects.filter(document=document, visibility="public")[1]
    save_part(
        section,
        by=world.people["nw"],
        seen_version=section.version,
        changes={"visibility": "internal"},
    )
    world.bring(document, "veroeffentlicht")
    for name in ("", "fassung/2/", "fassung/2/inhalt.json"):
        said = body(client.get(f"/{document.path}/{name}"))
        assert section.plain_text().strip() not in said
        assert f'"{section.key}"' not in said


def test_types_are_published_under_their_own_folder_only(world, type_key, client):
    document = world.document(type_key, "veroeffentlicht")
    rest = document.specific.public_path()
    for other in registry:
        expected = 200 if other.key == type_key else 404
        assert client.get(f"/{other.slug}/{rest}/").status_code == expected
    assert Document.objects.count() == 1
