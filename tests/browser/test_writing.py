"""Writing in a real browser: nothing typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from klk_workflow.models import Section
from klk_workflow.plugins.aktionsplan.models import Massnahme
from tests.world import World, png

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body>
<h1>Zahlen aus Word</h1><p class=MsoNormal>Ein <b>Absatz</b>.<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·</span>Punkt</p>
<table class=MsoTableGrid><tr><td><b>Ort</b></td><td><b>Zahl</b></td></tr>
<tr><td>Nord</td><td>12</td></tr></table><img src="file:///c:/bild.png"></body></html>"""


@pytest.fixture
def world(live_server) -> World:
    """The conference, behind a web server."""
    return World()


@pytest.fixture
def sign_in(live_server, new_context, world):
    """A function that opens a browser of its own for a person and signs in."""

    def enter(who: str):
        page = new_context().new_page()
        page.set_default_timeout(15_000)
        page.goto(f"{live_server.url}/admin/")
        page.locator("input[name=login]").fill(world.people[who].username)
        page.locator("input[type=password]").fill("klk-test")
        page.locator("form:has(input[type=password]) [type=submit]").first.click()
        page.wait_for_url("**/admin/")
        return page

    return enter


@pytest.fixture
def sections(world) -> list[Section]:
    """The sections of a filled draft of NW."""
    document = world.document("laenderbericht")
    return list(Section.objects.filter(document=document).order_by("position"))


def open_section(page, live_server, section):
    page.goto(
        f"{live_server.url}/admin/dokumente/{section.document_id}/schreiben/abschnitt/{section.pk}/"
    )
    editor = page.locator(".public-DraftEditor-content").first
    editor.wait_for()
    page.wait_for_timeout(600)  # the page notes what is stored once the editor has started
    return editor


def write(page, editor, text):
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {text}")


def is_saved(page):
    expect(page.locator("[data-write-status]")).to_contain_text("gespeichert vor", timeout=15_000)


def stored(section) -> str:
    return Section.objects.get(pk=section.pk).plain_text()


def test_two_people_in_two_sections_lose_nothing(sign_in, live_server, sections):
    mine, theirs = sign_in("nw"), sign_in("nw2")
    first, second = open_section(mine, live_server, sections[0]), None
    second = open_section(theirs, live_server, sections[1])
    write(mine, first, "Von mir.")
    write(theirs, second, "Von ihr.")
    is_saved(mine)
    is_saved(theirs)
    assert "Von mir." in stored(sections[0])
    assert "Von ihr." in stored(sections[1])
    assert "Beispieltext" in stored(sections[0])


def test_a_button_pressed_right_after_the_last_key_stores_every_word(
    sign_in, live_server, sections
):
    page = sign_in("nw")
    editor = open_section(page, live_server, sections[0])
    write(page, editor, "Schnell getippt.")
    page.get_by_role("button", name="Speichern und weiter").click()
    page.wait_for_url(f"**/abschnitt/{sections[1].pk}/")
    assert "Schnell getippt." in stored(sections[0])
    editor = open_section(page, live_server, sections[1])
    write(page, editor, "Und gleich eingereicht.")
    page.get_by_role("button", name="Einreichen").click()
    page.wait_for_url("**/handeln/einreichen/")
    assert "Und gleich eingereicht." in stored(sections[1])


def test_two_people_in_one_section_see_both_texts(sign_in, live_server, sections):
    mine, theirs = sign_in("nw"), sign_in("nw2")
    first = open_section(mine, live_server, sections[0])
    second = open_section(theirs, live_server, sections[0])
    write(theirs, second, "Von ihr.")
    is_saved(theirs)
    write(mine, first, "Von mir.")
    both = mine.locator(".klk-conflict")
    expect(both).to_contain_text("hat hier inzwischen gespeichert", timeout=15_000)
    expect(both).to_contain_text("Von ihr.")
    expect(first).to_contain_text("Von mir.")
    assert "Von ihr." in stored(sections[0])
    mine.get_by_role("button", name="Meinen Text stattdessen speichern").click()
    is_saved(mine)
    expect(both).to_have_count(0)
    assert "Von mir." in stored(sections[0])
    assert "Von ihr." not in stored(sections[0])


def test_a_cut_network_keeps_what_was_typed(sign_in, live_server, sections):
    page = sign_in("nw")
    editor = open_section(page, live_server, sections[0])
    page.context.set_offline(True)
    write(page, editor, "Im Zug geschrieben.")
    banner = page.get_by_text("Keine Verbindung – Ihr Text ist noch hier.").first
    expect(banner).to_be_visible(timeout=15_000)
    expect(editor).to_contain_text("Im Zug geschrieben.")
    assert "Im Zug geschrieben." not in stored(sections[0])
    assert "Im Zug geschrieben." in page.evaluate("JSON.stringify({...localStorage})")
    page.context.set_offline(False)
    is_saved(page)
    expect(page.locator("[data-banner=offline]")).to_have_count(0)
    assert "Im Zug geschrieben." in stored(sections[0])
    assert "Im Zug" not in page.evaluate("JSON.stringify({...localStorage})")


def test_text_on_the_device_is_offered_again(sign_in, live_server, sections):
    page = sign_in("nw")
    crashed = page.context.new_page()
    editor = open_section(crashed, live_server, sections[0])
    crashed.route("**/*", lambda route: route.abort())
    write(crashed, editor, "Vor dem Absturz.")
    expect(crashed.locator("[data-banner=offline]")).to_be_visible(timeout=15_000)
    crashed.close()
    open_section(page, live_server, sections[0])
    page.get_by_role("button", name="Ansehen").click()
    expect(page.get_by_text("Das ist der Text von diesem Gerät.")).to_be_visible()
    expect(page.locator(".public-DraftEditor-content").first).to_contain_text("Vor dem Absturz.")
    page.wait_for_timeout(600)
    page.get_by_role("button", name="Speichern", exact=True).click()
    is_saved(page)
    assert "Vor dem Absturz." in stored(sections[0])


def test_an_expired_session_keeps_the_text(sign_in, live_server, sections):
    page = sign_in("nw")
    editor = open_section(page, live_server, sections[0])
    cookies = page.context.cookies()
    page.context.clear_cookies(name="klk_sitzung")
    write(page, editor, "Nach der Mittagspause.")
    expect(page.get_by_text("Ihre Sitzung ist abgelaufen").first).to_be_visible(timeout=15_000)
    expect(page.get_by_role("link", name="In neuem Fenster anmelden")).to_have_attribute(
        "target", "_blank"
    )
    page.context.add_cookies([c for c in cookies if c["name"] == "klk_sitzung"])
    is_saved(page)
    assert "Nach der Mittagspause." in stored(sections[0])


def test_somebody_submitted_meanwhile(sign_in, live_server, world, sections):
    page = sign_in("nw")
    editor = open_section(page, live_server, sections[0])
    world.do(sections[0].document, "einreichen", "nw2")
    write(page, editor, "Zu spät.")
    expect(page.get_by_text("Der Stand ist „Eingereicht“").first).to_be_visible(timeout=15_000)
    expect(editor).to_contain_text("Zu spät.")
    assert "Zu spät." not in stored(sections[0])


def test_signing_out_clears_the_device(sign_in, live_server, sections):
    page = sign_in("nw")
    page.evaluate("localStorage.setItem('klk-text:1:x', '{}')")
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("button", name=re.compile("Mitglied|user-nw|nw", re.IGNORECASE)).first.click()
    page.get_by_role("button", name=re.compile("Abmelden|Log out")).click()
    page.wait_for_url(lambda url: "/admin/" not in url)
    assert "klk-text" not in page.evaluate("JSON.stringify({...localStorage})")


def paste(page, html):
    page.evaluate(
        """html => {
          const data = new DataTransfer();
          data.setData("text/html", html);
          data.setData("text/plain", "Zahlen aus Word");
          const target = document.querySelector(".public-DraftEditor-content");
          const how = {clipboardData: data, bubbles: true, cancelable: true};
          target.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        html,
    )


def test_text_out_of_word_arrives_clean(sign_in, live_server, sections):
    page = sign_in("nw")
    editor = open_section(page, live_server, sections[0])
    editor.click()
    paste(page, WORD)
    expect(page.locator("[data-word-news]")).to_contain_text("Nicht übernommen: Bilder")
    is_saved(page)
    blocks = Section.objects.get(pk=sections[0].pk).raw_body()
    assert [block["type"] for block in blocks] == ["text", "text", "tabelle"]
    assert "<h3" in blocks[1]["value"]
    assert blocks[2]["value"]["data"] == [["Ort", "Zahl"], ["Nord", "12"]]


def test_text_out_of_word_right_after_typing_replaces_nothing(sign_in, live_server, sections):
    Section.objects.filter(pk=sections[0].pk).update(body=[])
    page = sign_in("nw")
    editor = open_section(page, live_server, sections[0])
    write(page, editor, "Selbst getippt.")
    paste(page, WORD)
    expect(page.locator("[data-word-news]")).to_contain_text("Nicht übernommen: Bilder")
    is_saved(page)
    assert "Selbst getippt." in stored(sections[0])
    assert "Zahlen aus Word" in stored(sections[0])


def test_a_picture_is_uploaded_and_needs_a_description(sign_in, live_server, sections, tmp_path):
    page = sign_in("nw")
    open_section(page, live_server, sections[0])
    page.locator(".c-sf-add-button").last.click()
    page.get_by_role("option", name="Bild").click()
    picture = page.locator(".klk-picture input[type=file]")
    large = tmp_path / "zu-gross.png"
    large.write_bytes(b"\x89PNG" + bytes(20_000_000))
    picture.set_input_files(large)
    expect(page.locator(".klk-picture .klk-error")).to_contain_text("höchstens 10 MB")
    picture.set_input_files({"name": "skizze.png", "mimeType": "image/png", "buffer": png().read()})
    expect(page.locator(".klk-picture img")).to_be_visible()
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.locator(".w-field--error .error-message").first).to_contain_text("ausgefüllt")
    page.locator("input[name$=-alt]").fill("Eine Skizze")
    page.wait_for_timeout(600)
    page.get_by_role("button", name="Speichern", exact=True).click()
    is_saved(page)
    assert Section.objects.get(pk=sections[0].pk).file_digests()


def test_what_was_wrong_is_forgotten_once_it_is_stored(sign_in, live_server, world):
    row = Massnahme.objects.filter(document=world.document("aktionsplan"))[0]
    page = sign_in("nw")
    page.goto(f"{live_server.url}/admin/dokumente/{row.document_id}/schreiben/{row.kind}/{row.pk}/")
    page.wait_for_timeout(600)
    page.locator("input[name=title]").fill("")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_text("Bitte sehen Sie nach")).to_be_visible()
    page.wait_for_timeout(600)
    page.locator("input[name=title]").fill("Ein neuer Titel")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_text("Bitte sehen Sie nach")).to_have_count(0)
    expect(page.locator(".klk-error, .klk-field--error, [aria-invalid]")).to_have_count(0)
    row.refresh_from_db()
    assert row.title == "Ein neuer Titel"


def test_endless_words_stay_on_the_page(sign_in, live_server, world):
    plan = world.document("aktionsplan")
    Massnahme.objects.filter(document=plan).update(title="Gewaltschutz" * 15)
    row = Massnahme.objects.filter(document=plan)[0]
    page = sign_in("nw")
    for way in ("", f"schreiben/{row.kind}/{row.pk}/"):
        page.goto(f"{live_server.url}/admin/dokumente/{plan.pk}/{way}")
        page.locator(".klk-page").wait_for()
        widths = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert widths[0] <= widths[1], way
        for heading in page.locator(".klk-page :is(h2, h3, h4, li)").all():
            assert heading.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), way


def test_who_opens_the_same_section_is_announced_and_goes_again(sign_in, live_server, sections):
    mine, theirs = sign_in("nw"), sign_in("nw2")
    mine.clock.install()
    open_section(mine, live_server, sections[0])
    others = mine.locator("[data-fragment=others]")
    expect(others).to_have_attribute("aria-live", "polite")
    expect(others).to_be_empty()
    open_section(theirs, live_server, sections[0])
    mine.clock.run_for(20_000)
    expect(others).to_contain_text(f"hat „{sections[0].label}“ gerade auch offen.")
    theirs.get_by_role("link", name=str(sections[1].label)).first.click()
    theirs.wait_for_url(f"**/abschnitt/{sections[1].pk}/")
    mine.clock.run_for(20_000)
    expect(others).to_contain_text(f"schreibt gerade in „{sections[1].label}“.")
    expect(others).not_to_contain_text("auch offen")
    theirs.goto(f"{live_server.url}/admin/")
    mine.clock.run_for(20_000)
    expect(others).to_be_empty()


def test_the_same_news_of_others_is_told_once(sign_in, live_server, sections):
    mine, theirs = sign_in("nw"), sign_in("nw2")
    open_section(theirs, live_server, sections[0])
    mine.clock.install()
    open_section(mine, live_server, sections[0])
    mine.evaluate(
        """() => {
          const place = document.querySelector("[data-fragment=others]");
          window.told = 0;
          new MutationObserver(() => { window.told += 1; }).observe(place, {childList: true});
        }"""
    )
    with mine.expect_response("**/anwesend/"):
        mine.clock.run_for(20_000)
    mine.wait_for_timeout(300)
    assert mine.evaluate("window.told") == 0
    expect(mine.locator("[data-fragment=others]")).to_contain_text("gerade auch offen")
