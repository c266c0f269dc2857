"""Old texts survive a migration that renames fields and removes a field and a kind of part."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def run(module: str, database: Path, version: str) -> str:
    """What a process with the code of before or after says."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); import tests.upgrade.{module}"],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": f"sqlite:///{database}",
            "DJANGO_SETTINGS_MODULE": "tests.upgrade.settings",
            "KLK_TOY": version,
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def found(tmp_path_factory: Any) -> dict[str, Any]:
    """A document written with the old code, met with the new."""
    database = tmp_path_factory.mktemp("upgrade") / "db.sqlite3"
    run("write_before", database, "before")
    said = run("look_after", database, "after")
    answer: dict[str, Any] = json.loads(said.partition("FOUND")[2])
    return answer


def test_it_is_readable_renamed_fields_in_their_place_and_the_rest_beside(found):
    for words in ("Erstes Motto", "Erster Zettel", "Ein Ort auf der Karte"):
        assert words in found["stand"]
    text, told, beside = found["stand"].partition("keinen Platz mehr")
    assert told
    assert "Erster Zettel" in text
    assert "Ein Ort auf der Karte" not in text
    assert "Nebensatz Erstes Motto" in beside


def test_it_is_comparable(found):
    for gone, new in (("Erstes", "Zweites"), ("Erster", "Zweiter")):
        assert f"{gone}<span" in found["compared"]
        assert f"{new}<span" in found["compared"]
    assert "Ein Ort auf der Karte" in found["compared"]


def test_it_can_be_taken_up_with_a_note_on_what_does_not_fit(found):
    assert "Ein Ort auf der Karte" in found["question"]
    assert found["leitsatz"] == "Erstes Motto"
    assert found["parts"] == [["zettel", "Erster Zettel"]]
    notes = " ".join(found["notes"])
    assert "Ein Ort auf der Karte" in notes
    assert "Nebensatz Erstes Motto" in notes


def test_the_edition_is_what_it_was_and_the_record_holds(found):
    assert "Erstes Motto" in found["public"]
    assert "Ein Ort auf der Karte" in found["public"]
    assert found["fault_before"] == ""
    assert found["fault_after"] == ""
