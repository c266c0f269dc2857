"""Fields of action and states of implementation; keys are stable, labels may change."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data" / "vocabularies.json"


@cache
def _load() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return data


def action_fields() -> dict[str, str]:
    """Common fields of action by key; a Land may name its own beside them."""
    return {row["key"]: row["label"] for row in _load()["action_fields"]}


def statuses() -> dict[str, str]:
    """States of implementation of a measure by key."""
    return {row["key"]: row["label"] for row in _load()["measure_status"]}


def field_label(key: str) -> str:
    """The label of a common field, or the Land's own words as they are."""
    return action_fields().get(key, key)


def status_label(key: str) -> str:
    """The label of a state of implementation."""
    return statuses().get(key, key)
