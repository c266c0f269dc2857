"""What people read of a type that has rows of its own."""

import re

import pytest
from django.urls import reverse

from klk_workflow import testing
from klk_workflow.registry import registry
from klk_workflow.roles import MITGLIED
from tests.world import PLAN

[ROWS] = [kind for kind in registry.get(PLAN).parts if kind.kind in registry.get(PLAN).part_forms]
HEADING = str(ROWS._meta.verbose_name_plural)


@pytest.fixture
def people(db):
    return testing.conference()


@pytest.fixture
def document(people):
    return testing.begin(PLAN, people)


def test_the_public_finds_the_rows_below_their_heading_and_in_the_contents(
    document, people, client
):
    edition = testing.publish(document, people)
    [entry] = [entry for entry in edition.toc if entry["title"] == HEADING]
    page = client.get(f"/{document.path}/").content.decode()
    below = page.partition(f'id="{entry["anchor"]}"')[2]
    heading, _rest, rows = below.partition("</h2>")
    assert heading.endswith(f"<h2>{HEADING}")
    for part in document.parts():
        if part.kind == ROWS.kind:
            assert part.title in rows.partition("</section>")[0]
    assert f'href="#{entry["anchor"]}"' in page


def test_members_read_them_below_the_same_heading(document, people, client):
    client.force_login(people[MITGLIED])
    page = client.get(reverse("dokumente:lesen", args=[document.pk])).content.decode()
    assert HEADING in re.findall(r'<h2 class="klk-group">([^<]+)<', page)
