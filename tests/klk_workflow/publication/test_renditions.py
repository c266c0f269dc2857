"""The PDF of an Edition: made after publication, by the worker, once; nothing waits for it."""

import hashlib
import re
import sys
import zlib
from pathlib import Path

import pytest
from django.core.management import call_command

from klk_workflow.content.editing import save_part
from klk_workflow.content.files import keep, store
from klk_workflow.evidence.verification import verify_document
from klk_workflow.management.commands import worker
from klk_workflow.models import Edition, Event, Rendition, Section
from klk_workflow.models.files import private_storage
from klk_workflow.publication import renditions
from klk_workflow.publication.pdf import markup
from klk_workflow.publication.renditions import make_waiting
from tests.klk_workflow.conftest import text
from tests.world import png

TABLE = {
    "data": [["Region", "Plätze"], ["Köln", "12"]],
    "first_row_is_table_header": True,
    "first_col_is_header": True,
    "table_caption": "Plätze nach Region",
}


@pytest.fixture(autouse=True)
def _a_fresh_worker(monkeypatch):
    monkeypatch.setattr(renditions, "_not_before", {})
    monkeypatch.setattr(renditions, "_warned", set())


@pytest.fixture
def draft(draft, people):
    """The draft, with a picture and a table in its first section."""
    section = Section.objects.filter(document=draft).order_by("position")[0]
    picture = {"datei": store(draft, png()).sha256, "alt": "Karte", "unterschrift": ""}
    body = [*text("Beispieltext"), ("tabelle", TABLE), ("bild", picture)]
    save_part(section, by=people["nw"], seen_version=section.version, changes={"body": body})
    return draft


@pytest.fixture
def published(bring):
    return bring("veroeffentlicht")


def stored(rendition):
    with rendition.open() as file:
        return file.read()


def plain(content):
    """Everything that a PDF says, unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    unpacked = [zlib.decompressobj().decompress(data) for data in packed if data[:1] == b"x"]
    return content + b"\n".join(unpacked)


def test_the_worker_makes_one_pdf_with_an_event_of_its_own(published, capsys, monkeypatch):
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)  # the test's own
    call_command("worker", once=True)
    call_command("worker", once=True)
    rendition = Rendition.objects.get()
    content = stored(rendition)
    assert hashlib.sha256(content).hexdigest() == rendition.sha256
    event = Event.objects.get(document=published, action="pdf_erstellt")
    assert (event.edition_number, event.actor_role) == (1, "System")
    assert event.data == {"kind": "pdf", "sha256": rendition.sha256, "size": len(content)}
    assert event.digest == Edition.objects.get().digest
    published.refresh_from_db()
    assert verify_document(published) is None
    assert "1 PDF-Datei erstellt" in capsys.readouterr().out


def test_it_is_tagged_german_and_describes_its_pictures_and_tables(published):
    make_waiting()
    content = plain(stored(Rendition.objects.get()))
    for said in (b"/StructTreeRoot", b"/Lang (de)", b"pdfuaid:part", b"/Outlines", b"/S /TH"):
        assert said in content
    assert b"/Alt (Karte)" in content


def test_what_is_set_names_fassung_address_and_digests(published, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://klk.example"
    edition = Edition.objects.get()
    said = markup(edition)
    assert edition.html in said
    assert f"https://klk.example/{edition.path}/fassung/1/" in said
    for words in ("Stelle NW", "Fassung 1", edition.digest, edition.head, 'lang="de"'):
        assert words in said


def test_the_next_fassung_gets_its_own_and_the_way_goes_on(published, go, people):
    make_waiting()
    go(published, "neue_fassung", "nw", remark="Neue Zahlen")
    make_waiting()
    section = Section.objects.filter(document=published).last()
    changes = {"body": text("Neu.")}
    save_part(section, by=people["nw"], seen_version=section.version, changes=changes)
    for action, who in (
        ("einreichen", "nw"),
        ("weitergeben", "pruefung"),
        ("freigeben", "freigabe"),
        ("veroeffentlichen", "redaktion"),
    ):
        go(published, action, who)
    assert make_waiting() == 1
    assert sorted(Rendition.objects.values_list("edition__number", flat=True)) == [1, 2]
    published.refresh_from_db()
    assert verify_document(published) is None


def test_without_pango_the_pdf_waits_and_it_is_said_once(
    published, monkeypatch, tmp_path, caplog, go
):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load libpango')")
    with monkeypatch.context() as patched:
        patched.syspath_prepend(tmp_path)
        patched.delitem(sys.modules, "weasyprint", raising=False)
        assert (make_waiting(), make_waiting()) == (0, 0)
        patched.delitem(sys.modules, "weasyprint", raising=False)
    assert [r.message for r in caplog.records] == ["PDF files wait for Pango: cannot load libpango"]
    assert Edition.objects.get().is_current
    assert make_waiting() == 1


def test_one_that_cannot_be_set_holds_up_nobody_and_is_not_tried_all_the_time(
    published, monkeypatch, caplog
):
    tried = []

    def broken(edition):
        tried.append(edition)
        raise ValueError("no")

    monkeypatch.setattr(renditions, "pdf", broken)
    assert (make_waiting(), make_waiting()) == (0, 0)
    assert len(tried) == 1
    assert len(caplog.records) == 1


def test_no_other_host_is_asked_for_a_picture(published, caplog):
    Edition.objects.update(html='<img src="http://example.invalid/a.png" alt="fremd">')
    assert make_waiting() == 0
    assert "example.invalid" in caplog.text


def test_a_withdrawn_fassung_gets_none(published, go, people):
    edition = Edition.objects.get()
    go(published, "fassung_zurueckziehen", "redaktion", remark="Eine Anschrift.", edition=1)
    assert make_waiting() == 0
    go(published, "fassung_wieder_zeigen", "redaktion", remark="Geklärt.", edition=edition.number)
    assert make_waiting() == 1


def test_withdrawn_while_it_is_being_set_it_is_not_kept(published, go, monkeypatch):
    def slow(edition):
        go(published, "fassung_zurueckziehen", "redaktion", remark="Eine Anschrift.", edition=1)
        return b"%PDF"

    monkeypatch.setattr(renditions, "pdf", slow)
    assert make_waiting() == 0
    assert not Rendition.objects.exists()


def _overwrite(name):
    Path(private_storage().path(name)).write_bytes(b"%PDF")


def _second(row):
    row.pk, row.kind = None, "epub"
    row.save(force_insert=True)


@pytest.mark.parametrize(
    "harm",
    [
        lambda row: private_storage().delete(row.file.name),
        lambda row: _overwrite(row.file.name),
        lambda row: Rendition.objects.filter(pk=row.pk).update(size=1),
        lambda row: Rendition.objects.all().delete(),
        _second,
    ],
    ids=["lost", "overwritten", "row changed", "row deleted", "row added"],
)
def test_verify_finds_what_happened_to_it(published, harm):
    make_waiting()
    harm(Rendition.objects.get())
    published.refresh_from_db()
    assert "PDF der Fassung 1" in str(verify_document(published))


def test_bytes_written_only_in_part_are_written_again(db):
    content = b"%PDF whole"
    digest = hashlib.sha256(content).hexdigest()
    path = keep(digest, content)
    _overwrite(path)
    assert keep(digest, content) == path
    with private_storage().open(path) as file:
        assert file.read() == content
