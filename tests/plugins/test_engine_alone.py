"""The engine without any plugin: in our own site, and as a wheel in one made by `wagtail start`."""

import json
import re

import pytest

from tests.plugins.environment import Environment
from tests.plugins.packages import ROOT, with_packages

pytestmark = pytest.mark.slow

WALK = """
import json
import django
django.setup()
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
import klk_workflow
from klk_workflow.checks import check_workflow
from klk_workflow.registry import registry
from klk_workflow.workflows.standard import STANDARD
user = get_user_model().objects.create_user("admin")
user.groups.set(Group.objects.filter(name="Administration"))
client = Client(HTTP_HOST="localhost")
client.force_login(user)
pages = ["", "dokumente/rollen/", "dokumente/erweiterungen/", "dokumente/gliederungen/", "stellen/"]
print(json.dumps({
    "where": klk_workflow.__file__,
    "types": [kind.key for kind in registry],
    "sound": not check_workflow(STANDARD),
    "pages": {page: client.get(f"/admin/{page}").status_code for page in pages},
    "public": client.get("/").status_code,
}))
"""


@pytest.fixture
def site(tmp_path):
    """A scratch site with the engine's wheel, set up as docs/engine.md says."""
    environment = Environment(tmp_path, sources=False)
    environment.settings = "mysite.settings.dev"
    build = ("-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", tmp_path)
    environment.run(*build, ROOT / "packaging" / "engine", cwd=tmp_path)
    wheel = next(tmp_path.glob("klk_workflow-*.whl"))
    environment.run("-m", "pip", "install", "--no-deps", wheel, cwd=tmp_path)
    start = "from wagtail.bin.wagtail import main; main()"
    environment.run("-c", start, "start", "mysite", cwd=tmp_path)
    blocks = dict(
        re.findall(
            r"^```python (\w+)\n(.*?)^```$",
            (ROOT / "docs" / "engine.md").read_text(),
            re.MULTILINE | re.DOTALL,
        )
    )
    for name, path in (("settings", "settings/base.py"), ("urls", "urls.py")):
        with (tmp_path / "mysite" / "mysite" / path).open("a") as file:
            file.write(f"\n{blocks[name]}")
    return environment


def test_it_migrates_starts_and_answers(site, tmp_path):
    folder = tmp_path / "mysite"
    site.run("manage.py", "check", cwd=folder)
    site.run("manage.py", "migrate", "-v", "0", cwd=folder)
    site.run("manage.py", "makemigrations", "--check", "--dry-run", "klk_workflow", cwd=folder)
    said = json.loads(site.run("-c", WALK, cwd=folder).splitlines()[-1])
    assert str(tmp_path) in said["where"]
    assert said["types"] == []
    assert said["sound"]
    assert set(said["pages"].values()) == {200}, said["pages"]
    assert said["public"] == 200
    assert "0 Dokumente geprüft" in site.run("manage.py", "verify", cwd=folder)


NOTHING_YET = "Noch ist keine Dokumentart eingerichtet."
#: Who visits what in a site without document types, and what is said there.
VISITS = {
    "/": "Noch nichts veröffentlicht.",
    "/berichte-und-plaene/": "Hier wird noch nichts veröffentlicht.",
    "/laender/": "",
    "/suche/?q=bericht": "0 Treffer",
    "/feed/": "",
    "/sitemap.xml": "",
    "Mitglied /admin/": NOTHING_YET,
    "Administration /admin/": NOTHING_YET,
    "Administration /admin/dokumente/erweiterungen/": NOTHING_YET,
    "Administration /admin/dokumente/gliederungen/": NOTHING_YET,
    "Administration /admin/dokumente/rollen/": "",
}


def test_our_site_without_the_built_in_types_says_so_kindly(tmp_path):
    alone = {"KLK_BUILT_IN_PLUGINS": ""}
    with_packages(tmp_path, "manage.py", "check", "--fail-level", "WARNING", **alone)
    out, _said = with_packages(tmp_path, "-m", "tests.plugins.visit", *VISITS, **alone)
    site = json.loads(out.splitlines()[-1])
    assert site["types"] == []
    for visit, words in VISITS.items():
        status, page = site["met"][visit]
        assert status == 200, visit
        assert words in page, visit
