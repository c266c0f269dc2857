"""The sixteen Länder and their place on the tile map."""

import json
from dataclasses import dataclass
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "laender.json"


@dataclass(frozen=True)
class Land:
    """A Land: two-letter `code` in lower case (ISO 3166-2 without DE-), `row` and `col` from 1."""

    code: str
    name: str
    slug: str
    row: int
    col: int

    @property
    def abbreviation(self) -> str:
        """The code as people write it: NW."""
        return self.code.upper()


def _load() -> dict[str, Land]:
    rows = json.loads(_DATA.read_text(encoding="utf-8"))["laender"]
    fields = ("code", "name", "slug", "row", "col")
    laender = (Land(**{field: row[field] for field in fields}) for row in rows)
    return {land.code: land for land in sorted(laender, key=lambda land: land.name)}


LAENDER: dict[str, Land] = _load()
LAND_CHOICES: list[tuple[str, str]] = [(land.code, land.name) for land in LAENDER.values()]


def land_name(code: str) -> str:
    """The name of the Land with this code, or an empty string for "no Land"."""
    return LAENDER[code].name if code in LAENDER else ""
