"""Example texts as JSON, and the blocks they consist of."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

#: A paragraph, or a dict with the key heading, list, steps, table, figure or footnote.
Block: TypeAlias = str | Mapping[str, Any]

#: What every example text begins with.
LABEL: Final = "Beispieltext: "


@cache
def read(folder: Path, name: str) -> dict[str, Any]:
    """A file of texts by its name below `texts/` in this folder, without the ending."""
    path = folder / "texts" / f"{name}.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
