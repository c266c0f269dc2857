"""Bad input over HTTP: a German message at the field, what was typed is kept, nothing is stored."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import ImageFile

from klk_workflow.models import Attachment, Document, Edition, Section
from klk_workflow.registry import registry
from tests.world import PLAN, REPORT, World, body, pdf, png

ODD = ["😀🏳️‍🌈", "שלום עולם", "\u202eumgedreht", "<script>alert(1)</script>", "a&b<c>\"d'", "ẞ"]


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def nw(world):
    client = Client(raise_request_exception=True)
    client.force_login(world.people["nw"])
    return client


def at(name, *args):
    return reverse(f"dokumente:{name}", args=args)


def measure(**changes):
    """What the form of a row sends; each type takes the fields it has."""
    data = {"number": "9", "title": "Neu", "responsible": "Amt", "status": "geplant"}
    return data | {"visibility": "public", "action": "speichern"} | changes


@pytest.fixture
def plan(world):
    return world.document(PLAN)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<p><a href="javascript:alert(1)">x</a></p>',
        '<p><img src="https://fremd.example/x.png" onerror="alert(1)"></p>',
        '<p style="position:fixed" onclick="alert(1)">x</p>',
        '<iframe src="https://fremd.example/"></iframe>',
        '<p><a href="https://example.org/[1]">mit [1] darin</a></p>',
        "<svg onload=alert(1)>",
    ],
)
def test_no_script_or_foreign_picture_reaches_a_reader(world, html):
    """Even where it got past the editor's own filter."""
    from klk_workflow.content.editing import save_part

    document = world.document(REPORT)
    section = Section.objects.filter(document=document)[0]
    by = world.people["nw"]
    save_part(
        section, by=by, seen_version=section.version, changes={"body": body(f"Beispiel {html}")}
    )
    world.bring(document, "veroeffentlicht")
    said = Edition.objects.get().html.lower()
    for evil in ("<script", "javascript:", "onerror", "onclick", "onload", "<iframe", "<img"):
        assert evil not in said
    assert "style=" not in said
    if "[1]" in html:
        assert '<a href="https://example.org/[1]"' in said


def upload(name, content):
    return SimpleUploadedFile(name, content)


def spoilt_png():
    return png().read()[:-30]


FILES = {
    "empty": ("leer.pdf", b""),
    "20 MB": ("gross.pdf", b"%PDF-1.7" + b"0" * (20 * 1024 * 1024)),
    "wrong kind": ("programm.exe", b"MZ"),
    "script": ("seite.html", b"<script>alert(1)</script>"),
    "lies about its kind": ("bild.png", b"<script>alert(1)</script>"),
    "svg": ("bild.svg", b"<svg onload='alert(1)'/>"),
    "cut off": ("bild.png", spoilt_png()),
    "only a head": ("bild.jpg", b"\xff\xd8\xff\xe0"),
}


@pytest.fixture(autouse=True)
def _lenient_process(monkeypatch):
    """WeasyPrint, once imported, makes Pillow take pictures that are cut off."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)


@pytest.mark.parametrize("kind", FILES)
def test_a_bad_attachment_is_refused_at_its_field(nw, plan, kind):
    data = {"title": "Bleibt", "visibility": "public", "file": upload(*FILES[kind])}
    answer = nw.post(at("teil_neu", plan.pk, "anlage"), data)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert "Bleibt" in answer.content.decode()
    assert not Attachment.objects.exists()
    assert not plan.files.exists()


@pytest.mark.parametrize("kind", FILES)
def test_a_bad_picture_is_refused_in_words(nw, plan, kind):
    answer = nw.post(at("bilder", plan.pk), {"file": upload(*FILES[kind])})
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert not plan.files.exists()


def test_a_picture_of_enormous_size_is_refused(nw, plan):
    """A few bytes that would unpack to gigabytes."""
    from PIL import Image

    out = BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    for name, args in (("bilder", []), ("teil_neu", ["anlage"])):
        data = {"file": upload("bombe.png", out.getvalue()), "title": "x", "visibility": "public"}
        assert nw.post(at(name, plan.pk, *args), data).status_code == 422
    assert not plan.files.exists()


def test_a_photograph_stands_upright_and_says_no_place(nw, plan):
    from PIL import Image

    photo = Image.new("RGB", (40, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "Frauenhaus, Musterweg 1"
    out = BytesIO()
    photo.save(out, "JPEG", exif=exif)
    assert (
        nw.post(at("bilder", plan.pk), {"file": upload("f.jpg", out.getvalue())}).status_code < 300
    )
    with plan.files.get().file.open("rb") as stored:
        data = stored.read()
    assert b"Musterweg" not in data
    assert Image.open(BytesIO(data)).size == (20, 40)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nonsense", b"%PDF", b"MZ"])
def test_what_is_no_word_file_is_told(nw, plan, content):
    answer = nw.post(at("word", plan.pk), {"file": upload("text.docx", content)})
    assert answer.status_code == 422
    assert answer.json()["error"]


@pytest.mark.parametrize("html", ["", "x" * 300_000, *ODD, "<table><tr><td></table>", "\x00"])
def test_odd_pasted_text_is_taken_or_refused_but_never_breaks(nw, plan, html):
    answer = nw.post(at("word", plan.pk), {"html": html})
    assert answer.status_code in {200, 422}
    assert "<script" not in answer.content.decode()


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "١"])
def test_a_nonsense_version_is_a_conflict_and_no_breakdown(nw, plan, seen):
    part = plan.parts()[-1]
    address = at("teil", plan.pk, part.kind, part.pk)
    answer = nw.post(address, measure(title="Anders", seen_version=seen))
    assert answer.status_code in {302, 409}
    removed = nw.post(at("teil_entfernen", plan.pk, part.kind, part.pk), {"seen_version": seen})
    assert removed.status_code in {302, 409}


@pytest.mark.parametrize("type_key", [t.key for t in registry])
@pytest.mark.parametrize("data", [{}, {"land": "xx", "period": "0", "first_year": "x"}])
def test_starting_with_nonsense_is_refused_at_the_fields(nw, type_key, data):
    answer = nw.post(at("neu", type_key), data)
    assert answer.status_code in {200, 422}
    assert answer.context["form"].errors
    assert not Document.objects.exists()


@pytest.mark.parametrize("field", ["seen_digest", "seen_seq", "fassung", "remark"])
@pytest.mark.parametrize("value", ["", "x" * 5000, "-1", "9" * 40, "\x00", "😀"])
def test_an_act_with_nonsense_is_refused(nw, plan, field, value):
    data = {"seen_digest": plan.digest, "seen_seq": 0, field: value}
    answer = nw.post(at("handeln", plan.pk, "einreichen"), data)
    assert answer.status_code in {302, 409, 422}
    if answer.status_code == 302:
        assert Document.objects.get(pk=plan.pk).event_count == 1


def test_what_another_tab_has_changed_comes_back_with_both_texts(world, nw, plan):
    part = plan.parts()[-1]
    address = at("teil", plan.pk, part.kind, part.pk)
    nw.post(address, measure(title="Aus dem ersten Fenster", seen_version=part.version))
    data = measure(title="Aus dem zweiten Fenster", seen_version=part.version)
    answer = nw.post(address, data)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Aus dem ersten Fenster" in said
    assert "Aus dem zweiten Fenster" in said


def test_a_file_name_with_tricks_is_harmless(nw, plan):
    name = '../../\u202efdp."<b>.pdf'
    answer = nw.post(
        at("teil_neu", plan.pk, "anlage"),
        {"title": "x", "visibility": "public", "file": pdf(name, "Inhalt")},
    )
    assert answer.status_code == 302
    file = plan.files.get()
    assert "/" not in file.name
    answer = nw.get(at("datei", plan.pk, file.sha256))
    assert b"Inhalt" in b"".join(answer.streaming_content)
    assert "\n" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({}, 409, "gespeichert"),
        ({"body-count": "x"}, 400, "Gespeichert wurde nichts."),
        ({"body-count": "2"}, 400, "Gespeichert wurde nichts."),
    ],
)
def test_a_section_sent_without_what_its_editor_sends_breaks_nothing(
    world, nw, sent, status, words
):
    document = world.document(REPORT)
    section = Section.objects.filter(document=document)[0]
    before = section.content()
    address = at("teil", document.pk, section.kind, section.pk)
    answer = nw.post(address, {"visibility": "public", "seen_version": "0", **sent})
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert Section.objects.get(pk=section.pk).content() == before
