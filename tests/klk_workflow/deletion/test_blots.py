"""Words are found however they are spelled, and nothing else goes."""

import json

import pytest

from klk_workflow.deletion.blots import MARK, Blot

SECRET = "Haus Sonne, Weg 5 & 7"


@pytest.mark.parametrize(
    "text",
    [
        "Haus Sonne, Weg 5 & 7",
        "HAUS sonne, weg 5 & 7",
        "Haus\u00a0Sonne,\nWeg  5 &amp; 7",
        "<p>Haus&nbsp;Sonne, <b>Weg</b> 5 &amp; 7</p>",
        "<p>Haus So<b>nne</b>, Weg 5 &amp; 7</p>",
        "Haus Son\u00adne, Weg 5 & 7",
        json.dumps([{"type": "text", "value": "<p>Haus Sonne, Weg 5 &amp; 7</p>"}]),
        json.dumps({"body": json.dumps([{"value": "Haus Sonne, Weg 5 & 7"}])}),
    ],
)
def test_however_it_is_spelled(text):
    blot = Blot(SECRET)
    assert blot.stains(text)
    cleaned = blot.clean(text)
    assert "sonne" not in cleaned.lower().replace("<b>", "").replace("</b>", "")
    assert MARK in cleaned
    assert cleaned.count("<b>") == cleaned.count("</b>")
    assert not blot.stains(cleaned)


@pytest.mark.parametrize("text", ["Haus Mond, Weg 5 & 7", "[Klammer", '["anderes"]', "", "{}"])
def test_nothing_else_is_touched(text):
    assert Blot(SECRET).clean(text) == text


def test_decomposed_letters_are_the_same_words():
    assert Blot("Mu\u0308llerweg").stains("Beim Müllerweg 3")


def test_names_of_blocks_stay():
    block = [{"type": "text", "id": "text", "value": "Der text"}]
    assert Blot("text").clean(block) == [{"type": "text", "id": "text", "value": f"Der {MARK}"}]


def test_no_words_stain_nothing():
    assert not Blot(" \n ")
    assert not Blot("").stains("irgendetwas")
