"""Plugins that fail: the site stays up without them and says whose fault it is."""

import json

import pytest

from klk_workflow.extending import finding
from tests.plugins.packages import offer, with_packages

CALLBACKS = """
def fails(*_args):
    raise ZeroDivisionError("im Rückruf")
"""
UNGUARDED = """
from dataclasses import replace
from klk_workflow.workflows import standard
ways = tuple(replace(way, guards=()) for way in standard.TRANSITIONS)
STANDARD = replace(standard.STANDARD, transitions=ways)
"""
#: What is broken in each, and a word of what is said of it; empty: it is used.
FAULTY = {
    "aaa": ({}, ""),
    "import": ({"models.py": ("", "\nimport gibt_es_nicht\n")}, "gibt_es_nicht"),
    "migration": (
        {"migrations/0001_initial.py": ('"0001_initial")]', '"0001_fehlt")]')},
        "NodeNotFoundError",
    ),
    "schluessel": ({"declaration.py": ('key="schluessel"', 'key="aaa"')}, "collides"),
    "adresse": ({"declaration.py": ('slug="adresseen"', 'slug="aktionsplaene"')}, "collides"),
    "umweg": (
        {"models.py": ("from klk_workflow.workflows.standard import STANDARD", UNGUARDED)},
        "klk_workflow.E007",
    ),
}


@pytest.fixture
def packages(tmp_path):
    folder = tmp_path / "packages"
    folder.mkdir()
    return folder


def found(cache_file):
    return {
        plugin.app: plugin.error
        for plugin in finding.plugins(cache_file, "klk_site.settings.testing")
    }


def test_what_fails_when_tried_is_left_out_and_the_rest_used(packages, tmp_path, monkeypatch):
    for name, (changes, _word) in FAULTY.items():
        offer(packages, name, changes)
    monkeypatch.syspath_prepend(packages)
    errors = found(tmp_path / "kept.json")
    assert set(errors) == {f"klk_{name}" for name in FAULTY}
    for name, (_changes, word) in FAULTY.items():
        error = errors[f"klk_{name}"]
        assert word in error if word else not error, (name, error)


def test_what_was_tried_is_kept_until_a_package_is_another(packages, tmp_path, monkeypatch):
    offer(packages, "gut")
    monkeypatch.syspath_prepend(packages)
    kept = tmp_path / "kept.json"
    assert found(kept) == {"klk_gut": ""}
    monkeypatch.setattr(finding, "_tried", lambda *_: pytest.fail("tried again"))
    assert found(kept) == {"klk_gut": ""}
    with (packages / "klk_gut" / "models.py").open("a") as file:
        file.write("\nimport gibt_es_nicht\n")
    monkeypatch.undo()
    monkeypatch.syspath_prepend(packages)
    assert "gibt_es_nicht" in found(kept)["klk_gut"]


def test_the_site_lives_beside_plugins_that_fail(packages):
    """One does not import, one fails in every callback, two want the same hook of Wagtail."""
    offer(packages, "import", FAULTY["import"][0])
    offer(packages, "rueckruf", {"declaration.py": ("    example=", PANELS + "    example=")})
    (packages / "klk_rueckruf" / "hooks.py").write_text(CALLBACKS)
    with (packages / "klk_rueckruf" / "models.py").open("a") as file:
        file.write("\n    def missing_fields(self, parts):\n        raise ZeroDivisionError\n")
    for name in ("rueckruf", "zweiter"):
        if name == "zweiter":
            offer(packages, name)
        said = f"\nhooks.register('construct_main_menu')(lambda request, items: {HOOK[name]})\n"
        path = packages / f"klk_{name}" / "wagtail_hooks.py"
        path.write_text("from wagtail import hooks\n" + said)
    out, said = with_packages(packages, "-m", "tests.plugins.walk", "rueckruf", "zweiter")
    walked = json.loads(out.splitlines()[-1])
    assert "klk-import 1.0 (klk_import) was left out: ModuleNotFoundError" in said
    assert "The plugin klk_rueckruf (klk_rueckruf) failed: ZeroDivisionError" in said
    assert walked["start"] == 200
    assert "Zweiter Eintrag" in walked["menu"]
    assert walked["published"] == ["zweiter"]
    assert walked["own_page"] == 503
    assert "ZeroDivisionError" in walked["fault"]


#: What a migration does that fails: in Python, and in the database.
FAILING = {
    "bruch": "migrations.RunPython(lambda apps, editor: 1 / 0)",
    "dreher": 'migrations.RunSQL("SELECT spalte FROM gibt_es_nicht")',
}


def test_a_migration_that_fails_stops_its_own_plugin_only(packages, tmp_path):
    """Its tables are not made; all others are, and the next run tries again."""
    first = "migrations/0001_initial.py"
    for name, operation in FAILING.items():
        offer(packages, name, {first: ("    operations = [", f"    operations = [{operation},")})
    offer(packages, "gut")
    cache = {"CACHE_URL": f"filecache://{tmp_path / 'cache'}"}
    _out, said = with_packages(packages, "manage.py", "migrate", "-v", "0", **cache)
    assert "Die Erweiterung „Bruchen“ (klk-bruch 1.0 (klk_bruch)) bleibt außer Betrieb" in said
    assert "ZeroDivisionError" in said
    assert "Die Erweiterung „Dreheren“ (klk-dreher 1.0 (klk_dreher))" in said
    assert "gibt_es_nicht" in said
    visits = ("/", "Mitglied /admin/", "Administration /admin/dokumente/erweiterungen/")
    out, _said = with_packages(packages, "-m", "tests.plugins.visit", *visits, **cache)
    site = json.loads(out.splitlines()[-1])
    assert site["types"] == ["laenderbericht", "aktionsplan", "gut"]
    assert {status for status, _words in site["met"].values()} == {200}
    panel = site["met"][visits[-1]][1]
    assert "wartet auf 1 Migration: ZeroDivisionError" in panel
    for name, operation in FAILING.items():
        path = packages / f"klk_{name}" / first
        path.write_text(path.read_text().replace(operation, ""))
    _out, said = with_packages(packages, "manage.py", "migrate", "-v", "0", **cache)
    assert "Erweiterung" not in said
    out, _said = with_packages(packages, "manage.py", "plugin", "list", **cache)
    assert [line for line in out.splitlines() if not line.endswith(": in Ordnung")] == []


LATER = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("klk_spaet", "0001_initial")]
    operations = [
        migrations.AddField("spaet", "neu", models.CharField(max_length=9, default="")),
        migrations.RunPython(lambda apps, editor: 1 / 0),
    ]
"""


def test_an_update_that_fails_leaves_what_was_published_readable(packages, tmp_path):
    """The columns that the new code asks for are not there."""
    offer(packages, "spaet")
    cache = {"CACHE_URL": f"filecache://{tmp_path / 'cache'}"}
    out, _said = with_packages(packages, "-m", "tests.plugins.walk", "spaet", **cache)
    path = json.loads(out.splitlines()[-1])["path"]
    package = packages / "klk_spaet"
    (package / "migrations" / "0002_neu.py").write_text(LATER)
    with (package / "models.py").open("a") as file:
        file.write("\n    neu = models.CharField(max_length=9, default='')\n")
    visits = (
        *("/", f"/{path}/", f"/{path}/fassung/1/inhalt.json", "/suche/?q=spaet"),
        *(
            "Mitglied /admin/",
            "Mitglied /admin/dokumente/1/",
            "Mitglied /admin/dokumente/1/verlauf/",
        ),
        *("Redaktion /admin/", "Redaktion /admin/dokumente/fassungen/"),
        *("Administration /admin/", "Administration /admin/dokumente/erweiterungen/"),
    )
    out, said = with_packages(packages, "-m", "tests.plugins.visit", *visits, **cache)
    site = json.loads(out.splitlines()[-1])
    assert "„Spaeten“" in said
    with_packages(packages, "manage.py", "worker", "--once", **cache)
    assert site["types"] == ["laenderbericht", "aktionsplan"]
    for visit, (status, words) in site["met"].items():
        its_own = "/dokumente/1/" in visit
        assert status == (503 if its_own else 200), visit
        assert "Diese Seite geht gerade nicht" in words or not its_own
    assert "wartet auf 1 Migration: ZeroDivisionError" in site["met"][visits[-1]][1]


PANELS = """    panels=("klk_rueckruf.hooks.fails",),
    subscribers=("klk_rueckruf.hooks.fails",),
"""
HOOK = {
    "rueckruf": "1 / 0",
    "zweiter": "items.append(__import__('wagtail.admin.menu').admin.menu"
    ".MenuItem('Zweiter Eintrag', '/'))",
}
