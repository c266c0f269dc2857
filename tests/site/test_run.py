"""`make run` says truly where the data lie."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

BASE = Path(__file__).resolve().parents[2]
VAR = str(BASE / "var")
SQLITE = {"NAME": BASE / "var" / "klk.sqlite3", "HOST": ""}
POSTGRES = {"NAME": "klk", "HOST": "db.example", "PASSWORD": "geheim"}
HERE = {"location": f"{VAR}/media"}
BUCKET = {"bucket_name": "eimer", "location": "media"}


@pytest.mark.parametrize(
    ("database", "files", "said"),
    [
        (SQLITE, HERE, "Alle Daten liegen in var/ und bleiben."),
        (POSTGRES, HERE, f"Die Daten bleiben: Datenbank klk auf db.example, Dateien {VAR}/"),
        (SQLITE, BUCKET, f"Die Daten bleiben: Datenbank {VAR}/klk.sqlite3, Dateien S3-Bucket ei"),
    ],
)
def test_it_says_where_the_data_lie(
    monkeypatch: pytest.MonkeyPatch, database: Any, files: Any, said: str
) -> None:
    monkeypatch.syspath_prepend(BASE / "scripts")
    import run

    monkeypatch.setitem(settings.DATABASES, "default", database)
    for name in ("default", "private"):
        monkeypatch.setitem(settings.STORAGES, name, {"OPTIONS": files})
    assert run.places().startswith(said)
    assert "geheim" not in run.places()
