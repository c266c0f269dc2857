"""The picture of a workflow shows every way, and the table says the same."""

import re
from dataclasses import replace
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from klk_workflow.registry import registry
from klk_workflow.workflows import drawing
from klk_workflow.workflows.definition import Deadline, State, extend
from klk_workflow.workflows.standard import STANDARD
from tests.klk_workflow.joint import JOINT

SVG = "{http://www.w3.org/2000/svg}"


def texts(picture):
    return ["".join(node.itertext()) for node in ET.fromstring(picture).iter(f"{SVG}text")]


@pytest.mark.parametrize("flow", [STANDARD, JOINT], ids=lambda flow: flow.key)
def test_every_way_and_state_stands_in_picture_and_table(flow):
    said = texts(drawing.svg(flow, "Ablauf"))
    ways = sum(len(way.by) for way in flow.transitions)
    without_limits = [text.partition("◷")[0] for text in said]
    numbers = [int(n) for text in without_limits for n in re.findall(r"\d+", text)]
    assert sorted(numbers) == list(range(1, ways + 1))
    assert [row.number for row in drawing.rows(flow)] == sorted(numbers)
    assert {str(state.label) for state in flow.states} <= set(said)


@pytest.mark.parametrize(("days", "words"), [(1, "Frist: 1 Tag"), (14, "Frist: 14 Tage")])
def test_a_limit_stands_in_its_state_and_in_the_table(days, words):
    limited = replace(STANDARD.states[0], deadline=Deadline(days))
    flow = extend(STANDARD, key="befristet", states=[limited])
    picture = drawing.svg(flow, "Ablauf")
    assert [text for text in texts(picture) if text.endswith(f"◷ {words}")]
    assert picture.count("stroke-dasharray") == 1
    sources = {row.source for row in drawing.rows(flow)}
    assert f"{limited.label} ({words})" in sources


def test_it_has_a_name_and_a_description_and_escapes_what_it_is_given():
    state = State("a", "<b>&", readers=frozenset(), final=True)
    flow = type(STANDARD)("eigen", 1, (state,), ())
    picture = drawing.svg(flow, "A & B <i>")
    assert ET.fromstring(picture).find(f"{SVG}title").text == "A & B <i>"
    assert ET.fromstring(picture).find(f"{SVG}desc").text
    assert "<b>&" in texts(picture)
    assert "style=" not in picture


def test_what_is_special_about_a_way_is_said():
    notes = {row.label: row.notes for row in drawing.rows(JOINT)}
    assert notes["Mitzeichnen"] == "16 Stimmen nötig; von selbst nach 14 Tagen (stillschweigend)"
    assert notes["Veröffentlichen"] == "macht eine neue Fassung öffentlich"


def test_the_command_draws_and_says_what_there_is():
    out = StringIO()
    key = next(iter(registry)).key
    call_command("workflow", "graph", key, stdout=out)
    assert ET.fromstring(out.getvalue()).tag == f"{SVG}svg"
    with pytest.raises(CommandError, match=key):
        call_command("workflow", "graph", "gibtsnicht")


def test_the_command_draws_the_table_with_the_picture():
    key, out = next(iter(registry)).key, StringIO()
    call_command("workflow", "graph", key, stdout=out)
    picture = ET.fromstring(out.getvalue())
    width, height = (float(picture.get(side)) for side in ("width", "height"))
    texts = {text.text: text for text in picture.iter(f"{SVG}text")}
    for row in drawing.rows(registry.get(key).workflow):
        line = next(t for words, t in texts.items() if words.startswith(f"{row.number}  "))
        assert row.label in line.text
        assert row.who in line.text
        assert row.notes in line.text
        assert float(line.get("y")) < height
        assert float(line.get("x")) + 6.5 * len(line.text) < width


def test_the_page_is_for_the_administration(client, people):
    address = reverse("dokumente:ablauf", args=[next(iter(registry)).key])
    client.force_login(people["nw"])
    assert client.get(address).status_code == 404
    client.force_login(people["admin"])
    shown = client.get(address).content.decode()
    assert shown.count("<svg xmlns") == 1
    assert "Als geprüft weitergeben" in shown
    assert address in client.get(reverse("dokumente:gliederungen")).content.decode()
