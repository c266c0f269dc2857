"""The whole way of a document, by four people, each in a browser of its own, and the public."""

import re

import pytest
from playwright.sync_api import Page, expect

from klk_workflow.models import Document
from klk_workflow.registry import registry
from tests.world import World

FIRST = "Erste Worte für alle"
AFTER_REVIEW = "Nach der Prüfung ergänzt"
SECOND = "Worte der zweiten Fassung"
REQUEST = "Bitte die Zahlen ergänzen."
NOTE = "Neue Zahlen aus dem Herbst"


@pytest.fixture
def world(live_server) -> World:
    """The conference, behind a web server; nothing is written yet."""
    return World()


class Actor:
    """A person at a browser, or somebody of the public."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        page.set_default_timeout(20_000)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.base}{path}")

    def sign_in(self, name: str) -> None:
        self.open("/admin/")
        self.page.locator("input[name=login]").fill(name)
        self.page.locator("input[type=password]").fill("klk-test")
        self.page.locator("form:has(input[type=password]) [type=submit]").first.click()
        self.page.wait_for_url("**/admin/")

    def press(self, label: str) -> None:
        """Press the button or link of this name in the page itself."""
        main = self.page.locator("main, #main").first
        name = re.compile(rf"^\s*{re.escape(label)}\s*$")
        target = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
        target.last.click()

    def act(self, document: Document, action: str, label: str, words: str = "") -> None:
        """Choose an act on the reading page and answer the question that follows."""
        self.open(f"/admin/dokumente/{document.pk}/")
        self.press(label)
        if words:
            self.page.locator("textarea[name=remark]").fill(words)
        self.page.wait_for_url(f"**/handeln/{action}/")
        self.page.locator("form.klk-act button").click()
        self.page.wait_for_url(f"**/admin/dokumente/{document.pk}/")

    def decide(self, document: Document, label: str, words: str = "") -> None:
        """Press a decision in the bar beside the text."""
        self.open(f"/admin/dokumente/{document.pk}/")
        if words:
            self.page.locator(".klk-bar__remark summary").click()
            self.page.locator("#bar-remark").fill(words)
        with self.page.expect_navigation():
            self.page.locator(".klk-bar").get_by_role("button", name=label, exact=True).click()

    def write(self, document: Document, part: object, words: str) -> None:
        """Type into the editor of a section, and save."""
        address = f"/admin/dokumente/{document.pk}/schreiben/abschnitt/{part.pk}/"
        self.open(address)
        editor = self.page.locator(".public-DraftEditor-content").first
        editor.wait_for()
        self.page.wait_for_timeout(600)
        editor.click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(f" {words}.")
        self.page.locator("[data-write-save]").click()
        saved = self.page.locator("[data-write-status]")
        expect(saved).to_contain_text("gespeichert vor", timeout=15_000)

    def reads(self, path: str, *, status: int = 200) -> str:
        """The text of a public page; without any cookie."""
        answer = self.page.goto(f"{self.base}{path}")
        assert answer.status == status, path
        assert not self.page.context.cookies(), path
        return self.page.locator("body").inner_text()


@pytest.fixture
def enter(live_server, new_context, world):
    """A function that opens a browser of its own, signed in as this person or as nobody."""

    def make(who: str = "") -> Actor:
        actor = Actor(new_context().new_page(), live_server.url)
        if who:
            actor.sign_in(world.people[who].username)
        return actor

    return make


def begin(member: Actor, world: World, type_key: str) -> Document:
    """Start a document through its form, and fill what is not this story's subject."""
    member.open(f"/admin/dokumente/{type_key}/neu/")
    form = member.page.locator("form.klk-start")
    if form.locator("[name=first_year]").count():
        form.locator("[name=first_year]").fill("2025")
    form.get_by_role("button", name="Beginnen").click()
    member.page.wait_for_url(re.compile(r"/admin/dokumente/\d+/"))
    document = Document.objects.get()
    world.write(document)
    if document.type.example.head:
        fill_head(member, document)
    return document


def fill_head(member: Actor, document: Document) -> None:
    """The plan's own fields, and one more measure, through the forms."""
    member.open(f"/admin/dokumente/{document.pk}/angaben/")
    member.page.locator("[name=official_title]").fill("Unser Plan gegen Gewalt")
    member.page.locator("[data-write-save]").click()
    expect(member.page.locator("[data-write-status]")).to_contain_text("gespeichert")
    member.open(f"/admin/dokumente/{document.pk}/schreiben/massnahme/neu/")
    member.page.locator("[name=number]").fill("7")
    member.page.locator("[name=title]").fill("Frauenhausplätze ausbauen")
    member.page.locator("[name=responsible]").fill("Sozialministerium")
    member.page.locator("[data-write-save]").click()
    member.page.wait_for_url(re.compile(r"/schreiben/massnahme/\d+/"))


@pytest.mark.parametrize("type_key", ["laenderbericht", "aktionsplan"])
def test_from_the_first_word_to_the_second_fassung(enter, world, type_key):  # noqa: PLR0915
    member, reviewer = enter("nw"), enter("pruefung")
    approver, editor = enter("freigabe"), enter("redaktion")
    public = enter()
    document = begin(member, world, type_key)
    sections = [p for p in document.parts() if p.kind == "abschnitt"]
    shown = next(p for p in sections if p.is_public)
    internal = next(p for p in sections if not p.is_public)
    path, folder = f"/{document.path}/", f"/{registry.get(type_key).slug}/"

    member.write(document, shown, FIRST)
    member.act(document, "einreichen", "Einreichen")
    public.reads(path, status=404)

    reviewer.open("/admin/")
    expect(reviewer.page.locator("body")).to_contain_text(document.land_name)
    reviewer.decide(document, "Überarbeitung anfordern", REQUEST)

    member.open("/admin/")
    expect(member.page.locator("body")).to_contain_text(REQUEST)
    member.write(document, shown, AFTER_REVIEW)
    member.act(document, "einreichen", "Einreichen")

    reviewer.open(f"/admin/dokumente/{document.pk}/")
    added = " ".join("".join(reviewer.page.locator("ins").all_text_contents()).split())
    assert AFTER_REVIEW in added, added
    assert FIRST not in added
    reviewer.decide(document, "Als geprüft weitergeben")
    approver.decide(document, "Freigeben")
    public.reads(path, status=404)
    assert FIRST not in public.reads(folder)

    editor.act(document, "veroeffentlichen", "Veröffentlichen")
    said = public.reads(path)
    assert FIRST in said
    assert AFTER_REVIEW in said
    assert internal.title not in said
    assert document.title in public.reads(folder)
    assert REQUEST not in said
    if type_key == "aktionsplan":
        assert "Frauenhausplätze ausbauen" in said

    member.act(document, "neue_fassung", "Neue Fassung beginnen", NOTE)
    member.write(document, shown, SECOND)
    member.act(document, "einreichen", "Einreichen")
    said = public.reads(path)
    assert FIRST in said
    assert SECOND not in said
    reviewer.decide(document, "Als geprüft weitergeben")
    approver.decide(document, "Freigeben")
    editor.act(document, "veroeffentlichen", "Veröffentlichen")

    said = public.reads(path)
    assert SECOND in said
    assert NOTE in said
    first = public.reads(f"{path}fassung/1/")
    assert AFTER_REVIEW in first
    assert SECOND not in first
    assert SECOND in public.reads(f"{path}fassung/2/")
