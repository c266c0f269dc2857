"""The known offices of the Länder, as facts with their sources."""

import json
from pathlib import Path
from typing import Any

from klk_workflow.models import Office

_DATA = Path(__file__).parent.parent / "data" / "offices.json"


def load_offices() -> dict[str, Office]:
    """Create every office once; give them by the key in the file."""
    rows = json.loads(_DATA.read_text(encoding="utf-8"))["offices"]
    return {row["key"]: _office(row) for row in rows}


def _office(row: dict[str, Any]) -> Office:
    office, _created = Office.objects.get_or_create(
        name=row["name"],
        land=row["land"],
        defaults={
            "kind": row["kind"],
            "carrier": row["carrier"],
            "website": row["website"],
            "note": row["note"],
            "source": _source(row["source"]),
            "is_placeholder": row["is_placeholder"],
        },
    )
    return office


def _source(source: dict[str, Any] | None) -> str:
    if source is None:
        return ""
    named = (source["publisher"], source["title"], source.get("year"), source["url"])
    return ", ".join(str(part) for part in named if part)
