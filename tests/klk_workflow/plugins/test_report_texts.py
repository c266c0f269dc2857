"""The example texts: labelled, within the limits, and not sixteen copies of one report."""

import json
from itertools import combinations
from pathlib import Path

import pytest

from klk_workflow.demo.texts import LABEL
from klk_workflow.laender import LAENDER
from klk_workflow.plugins.laenderbericht.demo.texts import PERIODS, SUMMARISED, section

PLUGINS = Path(__file__).parents[3] / "klk_workflow" / "plugins"
OUTLINE = json.loads((PLUGINS / "laenderbericht/data/outline.json").read_text())["sections"]
KEYS = [entry["key"] for entry in OUTLINE]


@pytest.mark.parametrize("key", KEYS)
def test_every_text_begins_with_its_label(key):
    for land in LAENDER:
        for period in PERIODS:
            assert section(key, land, period)[0].startswith(LABEL)


@pytest.mark.parametrize("key", KEYS)
def test_no_two_laender_tell_the_same(key):
    for period in PERIODS:
        texts = {land: json.dumps(section(key, land, period)) for land in LAENDER}
        twins = [pair for pair in combinations(texts, 2) if texts[pair[0]] == texts[pair[1]]]
        assert not twins


@pytest.mark.parametrize("key", KEYS)
def test_a_report_goes_on_where_the_last_one_ended(key):
    for land in LAENDER:
        assert len({json.dumps(section(key, land, period)) for period in PERIODS}) == len(PERIODS)


def test_no_slot_is_left_open():
    for land in LAENDER:
        for period in PERIODS:
            for key in KEYS:
                words = [block for block in section(key, land, period) if isinstance(block, str)]
                assert not any("{" in text or "}" in text for text in words)


def test_summaries_name_public_topics_only():
    public = {entry["key"] for entry in OUTLINE if entry["visibility"] == "public"}
    assert set(SUMMARISED) <= public
