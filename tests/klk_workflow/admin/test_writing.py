"""The writing pages: what is saved, what is refused, and that nothing typed is lost."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from klk_workflow.content.editing import save_part
from klk_workflow.models import Attachment, Document, Section
from tests.world import PLAN, REPORT, World, body, pdf, png


@pytest.fixture
def world(db) -> World:
    return World()


@pytest.fixture
def client_of(client, world):
    def enter(who: str):
        client.force_login(world.people[who])
        return client

    return enter


@pytest.fixture
def draft(world) -> Document:
    return world.document(REPORT)


def section_of(document, nth=0) -> Section:
    return Section.objects.filter(document=document).order_by("position")[nth]


def address(part) -> str:
    return reverse("dokumente:teil", args=[part.document_id, part.kind, part.pk])


def typed(words: str, **more) -> dict[str, str]:
    """What the editor sends for one paragraph."""
    paragraph = {"key": "a", "text": words, "type": "unstyled", "depth": 0}
    paragraph |= {"inlineStyleRanges": [], "entityRanges": []}
    return {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": json.dumps({"blocks": [paragraph], "entityMap": {}}),
        "visibility": "public",
        **more,
    }


def shown(page) -> str:
    """The page with the editor's data, whose letters are escaped, in plain text."""
    text = page.content.decode()
    return re.sub(r"\\+u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


JSON = {"HTTP_ACCEPT": "application/json"}


def test_a_section_is_saved(client_of, draft):
    section = section_of(draft)
    data = typed("Neu 😀 مرحبا <script>", seen_version=section.version, articles=["7", "9"])
    answer = client_of("nw").post(address(section), data, **JSON)
    assert answer.json()["status"] == "saved"
    stored = Section.objects.get(pk=section.pk)
    assert stored.version == answer.json()["version"] == section.version + 1
    assert "&lt;script&gt;" in str(stored.raw_body())
    assert stored.articles == [7, 9]
    assert set(answer.json()["fragments"]) == {"outline", "missing", "others"}


def test_without_a_script_the_page_comes_back(client_of, draft):
    section = section_of(draft)
    data = typed("Neu", seen_version=section.version)
    answer = client_of("nw").post(address(section), data)
    assert answer.url == address(section)
    assert Section.objects.get(pk=section.pk).plain_text().strip() == "Neu"


def test_a_form_without_the_editor_leaves_the_text(client_of, draft):
    section = section_of(draft)
    data = {"visibility": "internal", "seen_version": section.version}
    client_of("nw").post(address(section), data)
    stored = Section.objects.get(pk=section.pk)
    assert stored.visibility == "internal"
    assert stored.plain_text() == section.plain_text()


def test_a_conflict_shows_both_and_can_be_decided(client_of, draft, world):
    section = section_of(draft)
    save_part(
        section, by=world.people["nw2"], seen_version=section.version, changes={"body": body("Ihr")}
    )
    client, data = client_of("nw"), typed("Mein Text", seen_version=section.version)
    page = client.post(address(section), data)
    assert page.status_code == 409
    assert "Mein Text" in shown(page)
    assert "<p>Ihr</p>" in shown(page)
    assert client.post(address(section), data, **JSON).json()["status"] == "conflict"
    assert section_of(draft).plain_text().strip() == "Ihr"
    over = client.post(address(section), {**data, "over": section.version + 1}, **JSON)
    assert over.json()["status"] == "saved"
    assert section_of(draft).plain_text().strip() == "Mein Text"


def test_after_submission_the_text_stays_in_the_page(client_of, draft, world):
    section = section_of(draft)
    world.do(draft, "einreichen", "nw2")
    client, data = client_of("nw"), typed("Zu spät", seen_version=section.version)
    page = client.post(address(section), data)
    assert page.status_code == 409
    assert "Zu spät" in shown(page)
    assert "Der Stand ist „Eingereicht“" in shown(page)
    assert client.post(address(section), data, **JSON).json()["status"] == "refused"
    assert client.get(address(section)).url == reverse("dokumente:lesen", args=[draft.pk])


@pytest.mark.parametrize("who", ["by", "pruefung", "freigabe", "redaktion", "admin"])
def test_others_meet_nothing(client_of, draft, who):
    client, section = client_of(who), section_of(draft)
    for name in ("schreiben", "angaben", "loeschen"):
        assert client.get(reverse(f"dokumente:{name}", args=[draft.pk])).status_code == 404
    for name in ("bilder", "word"):
        assert client.post(reverse(f"dokumente:{name}", args=[draft.pk])).status_code == 404
    assert client.get(address(section)).status_code == 404
    assert client.post(address(section), typed("Fremd")).status_code == 404


def test_too_long_is_refused_and_kept(client_of, draft):
    section = section_of(draft)
    data = typed("x" * 100_001, seen_version=section.version)
    page = client_of("nw").post(address(section), data)
    assert page.status_code == 422
    assert "höchstens 100000 Zeichen" in shown(page)
    assert "x" * 1000 in shown(page)
    answer = client_of("nw").post(address(section), data, **JSON)
    assert answer.json() == {"status": "invalid", "errors": ["Text"]}


def test_a_strange_picture_is_refused(client_of, draft):
    section = section_of(draft)
    data = {**typed(""), "body-0-type": "bild", "body-0-value-datei": "0" * 64}
    data |= {"body-0-value-alt": "", "body-0-value-unterschrift": ""}
    page = client_of("nw").post(address(section), {**data, "seen_version": section.version})
    assert "muss ausgefüllt werden" in shown(page)
    link = '<a href="#body-0-value-alt">Bild 1: Bildbeschreibung fehlt</a>'
    assert link in shown(page)
    answer = client_of("nw").post(address(section), data, **JSON)
    assert answer.json()["errors"] == ["Bild 1: Bildbeschreibung"]
    data["body-0-value-alt"] = "Ein Bild"
    page = client_of("nw").post(address(section), {**data, "seen_version": section.version})
    assert "Bitte wählen Sie ein Bild aus diesem Dokument." in shown(page)


def test_pictures_are_taken_or_refused(client_of, draft):
    client, url = client_of("nw"), reverse("dokumente:bilder", args=[draft.pk])
    taken = client.post(url, {"file": png()}).json()
    assert b"".join(client.get(taken["url"]).streaming_content)
    for name, content in (("a.pdf", b"%PDF-1"), ("a.png", b"%PDF-1"), ("a.png", bytes(20_000_000))):
        refused = client.post(url, {"file": SimpleUploadedFile(name, content)})
        assert refused.status_code == 422
        assert refused.json()["error"]


def test_word_comes_as_blocks(client_of, draft):
    url = reverse("dokumente:word", args=[draft.pk])
    html = "<h1>Titel</h1><table><tr><td>a</td><td>b</td></tr></table>"
    answer = client_of("nw").post(url, {"html": html, "notes": "0"}).json()
    assert [block["type"] for block in answer["blocks"]] == ["text", "tabelle"]
    assert json.loads(answer["blocks"][0]["value"])["blocks"][0]["text"] == "Titel"
    refused = client_of("nw").post(url, {"file": pdf()})
    assert "Word-Dateien" in refused.json()["error"]


def test_an_attachment_is_added_once(client_of, draft):
    client, url = client_of("nw"), reverse("dokumente:teil_neu", args=[draft.pk, "anlage"])
    data = {"title": "", "visibility": "public", "key": "0123456789ab"}
    page = client.post(url, {**data, "title": "Getippt"})
    assert page.status_code == 422
    assert "Getippt" in shown(page)
    for _twice in range(2):
        assert client.post(url, {**data, "file": pdf("plan.pdf")}).status_code == 302
    assert Attachment.objects.get(document=draft).title == "plan"
    read = client.get(reverse("dokumente:lesen", args=[draft.pk])).content.decode()
    assert re.search(r'<h3 id="[^"]+-titel">plan</h3>', read)


def test_a_file_too_large_is_told_its_size(client_of, draft):
    url = reverse("dokumente:teil_neu", args=[draft.pk, "anlage"])
    large = SimpleUploadedFile("plan.pdf", b"%PDF-" + bytes(12 * 1024**2))
    page = client_of("nw").post(url, {"file": large, "visibility": "public"})
    assert "Die Datei ist 12,0 MB groß" in shown(page)


def test_rows_are_moved_and_removed(client_of, world):
    plan = world.document(PLAN)
    client, rows = client_of("nw"), type(plan.parts()[-1]).objects.filter(document=plan)
    row = rows[0]
    args = [plan.pk, row.kind, row.pk]
    client.post(reverse("dokumente:teil_verschieben", args=args), {"runter": ""})
    assert rows.all()[1] == row
    url = reverse("dokumente:teil_entfernen", args=args)
    assert "entfernt" in client.get(url).content.decode()
    row.refresh_from_db()
    client.post(url, {"seen_version": row.version})
    assert not rows.filter(pk=row.pk).exists()


def test_a_second_start_leads_to_the_first(client_of, world, draft):
    client, url = client_of("nw"), reverse("dokumente:neu", args=[REPORT])
    answer = client.post(url, {"land": "nw", "period": world.periods[0].pk}, follow=True)
    assert "bereits begonnen" in answer.content.decode()
    assert Document.objects.count() == 1
    assert client_of("pruefung").get(url).status_code == 403


def test_submitting_saves_and_asks(client_of, draft):
    section = section_of(draft)
    data = typed("Letzter Satz", seen_version=section.version, action="einreichen")
    answer = client_of("nw").post(address(section), data)
    assert answer.url == reverse("dokumente:handeln", args=[draft.pk, "einreichen"])
    assert section_of(draft).plain_text().strip() == "Letzter Satz"
    draft.refresh_from_db()
    assert draft.state == "entwurf"


def test_the_last_words_are_added_not_put_in_place(client_of, world, draft):
    new = world.start(REPORT, nth=1)
    section = section_of(new)
    data = typed("Neues zuerst.", seen_version=section.version, action="uebernehmen")
    client_of("nw").post(address(section), data)
    assert section_of(new).plain_text().split()[:3] == ["Neues", "zuerst.", "Beispieltext:"]


def test_a_draft_is_deleted_after_a_question(client_of, draft):
    client, url = client_of("nw"), reverse("dokumente:loeschen", args=[draft.pk])
    assert "30 Tage lang" in client.get(url).content.decode()
    client.post(url)
    assert not Document.objects.exists()


@pytest.mark.parametrize("type_key", [REPORT, PLAN])
def test_queries_do_not_grow(client_of, world, type_key, django_assert_max_num_queries):
    document = world.document(type_key)
    client, url = client_of("nw"), address(section_of(document))
    client.get(url)
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for n in range(3):
        world.attach(document, content=str(n))
        world.start(type_key, nth=n + 1)
    with django_assert_max_num_queries(40) as many:
        client.get(url)
    assert len(many) <= len(few) + 4  # the last report is there only now


def test_saving_by_itself_is_cheap(client_of, draft, django_assert_max_num_queries):
    section = section_of(draft)
    data = typed("Neu", seen_version=section.version)
    client = client_of("nw")
    with django_assert_max_num_queries(40):
        assert client.post(address(section), data, **JSON).status_code == 200


def test_what_the_review_asked_for_stands_where_one_writes(client_of, world, draft):
    world.do(draft, "einreichen", "nw2")
    world.do(draft, "ueberarbeitung_anfordern", "pruefung", remark="Bitte die Zahlen prüfen.")
    page = shown(client_of("nw").get(address(section_of(draft))))
    aside = page[page.index("data-sent-back") :]
    assert re.search(r"Prüfung</span>, <time [^>]+>[^<]+</time>:", aside)
    assert "Bitte die Zahlen prüfen." in aside
