"""The distribution as a wheel, in an environment of its own, played in a browser."""

import socket
import subprocess
import time
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.browser.test_story import Actor
from tests.plugins.environment import Environment
from tests.plugins.packages import ROOT
from tests.plugins.test_tutorial import SHIPPED

pytestmark = pytest.mark.slow

FIFTEEN_DAYS_LATER = """
import django; django.setup()
from datetime import timedelta
from klk_workflow import clock
from klk_workflow.automation import scheduling
with clock.at(clock.now() + timedelta(days=15)):
    assert scheduling.take_further() == 1
"""


@pytest.fixture
def environment(tmp_path):
    """The wheel built from the distribution alone, and installed."""
    made = Environment(tmp_path)
    build = ("-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", tmp_path)
    made.run(*build, SHIPPED, cwd=tmp_path)
    wheel = next(tmp_path.glob("klk_stellungnahme-*.whl"))
    made.run("-m", "pip", "install", "--no-deps", wheel, cwd=tmp_path)
    made.run("manage.py", "migrate", "-v", "0")
    made.run("-m", "tests.plugins.cast")
    return made


@pytest.fixture
def address(environment):
    """The site of that environment, running."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [environment.python, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    surroundings = environment.surroundings | {"KLK_BASE_URL": f"http://127.0.0.1:{port}"}
    server = subprocess.Popen(command, cwd=ROOT, env=surroundings, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, server)
        yield url
    finally:
        server.terminate()
        server.wait()


def _wait_for(url, server):
    while server.poll() is None:
        try:
            urlopen(f"{url}/hilfe/").close()
        except (URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server ended")


def test_a_stellungnahme_is_written_carried_by_all_and_read(environment, address, new_context):
    def enter(name=""):
        actor = Actor(new_context().new_page(), address)
        if name:
            actor.sign_in(name)
        return actor

    member = enter("Mitglied")
    member.page.get_by_role("link", name="Stellungnahmen").first.click()
    member.press("Stellungnahme beginnen")
    member.page.locator("[name=title]").fill("Zum Gewalthilfegesetz")
    member.press("Beginnen")
    member.page.wait_for_url("**/admin/dokumente/1/**")
    document = SimpleNamespace(pk=1)
    for pk in (1, 2):
        member.write(document, SimpleNamespace(pk=pk), "Schutz für alle")
    member.open("/admin/dokumente/1/angaben/")
    member.page.locator("[name=addressee]").fill("Bundesministerium")
    member.page.locator("[data-write-save]").click()
    member.page.get_by_text("gespeichert vor").first.wait_for()
    member.act(document, "einreichen", "Einreichen")

    enter("Prüfung").decide(document, "Als geprüft weitergeben")
    enter("Sachsen").decide(document, "Mitzeichnen")
    environment.run("-c", FIFTEEN_DAYS_LATER)
    enter("Redaktion").act(document, "veroeffentlichen", "Veröffentlichen")

    public = enter().reads("/stellungnahmen/zum-gewalthilfegesetz/")
    assert "Schutz für alle" in public
    assert "Bundesministerium" in public
    assert "16 Länder, davon 14 stillschweigend" in public
    assert "Zum Gewalthilfegesetz" in enter().reads("/stellungnahmen/")
    assert "1 Dokument geprüft" in environment.run("manage.py", "verify")


def test_the_engine_has_no_line_for_it():
    engine = [p for p in (ROOT / "klk_workflow").rglob("*") if p.suffix in {".py", ".html"}]
    assert not [path for path in engine if "stellungnahme" in path.read_text().lower()]
