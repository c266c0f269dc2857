"""The index says what is public now: nothing else, nothing less, nothing that was taken back."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils.module_loading import import_string
from docx import Document as WordFile
from wagtail.models import PageViewRestriction
from weasyprint import HTML

from home.search import engine, index, texts
from home.search.healing import heal
from home.search.models import Entry, Word
from klk_workflow import reading
from klk_workflow.models import Edition

pytestmark = pytest.mark.django_db
Titles = Callable[..., list[str]]
Do = Callable[..., Any]


def pdf(text: str) -> bytes:
    """A PDF with this text."""
    return bytes(HTML(string=f"<p>{text}</p>").write_pdf())


def word(text: str) -> bytes:
    """A Word file with this text."""
    paper, out = WordFile(), io.BytesIO()
    paper.add_paragraph(text)
    paper.save(out)
    return out.getvalue()


def test_a_published_page_is_found_by_title_summary_and_text(publish: Do, titles: Titles) -> None:
    publish("Sicher sprechen", summary="Wie man fragt.", body=[("text", "<p>Schweigepflicht</p>")])
    assert titles("sprechen") == titles("fragt") == titles("Schweigepflicht") == ["Sicher sprechen"]


def test_a_page_is_found_by_what_it_is_for(publish: Do, titles: Titles) -> None:
    publish("Eins", professions=["justiz"], topics=["praevention"], land="nw")
    for words in ("Justiz", "Prävention", "Arbeitshilfe Justiz", "NRW", "Nordrhein-Westfalen"):
        assert titles(words) == ["Eins"], words


@pytest.mark.parametrize(("name", "content"), [("a.pdf", pdf), ("a.docx", word)])
def test_the_text_inside_a_file_is_found(
    publish: Do, make_document: Do, titles: Titles, name: str, content: Do
) -> None:
    document = make_document(name, content("Bluterguss"))
    values = {"document": document, "title": "Bogen", "pages": None, "accessible": False}
    publish("Befunde", files=[("file", values)])
    assert titles("Bluterguss") == titles("Bogen") == ["Befunde"]


def test_a_damaged_file_hides_nobody(
    publish: Do, make_document: Do, titles: Titles, caplog: Any
) -> None:
    values = {"document": make_document("a.pdf", b"%PDF"), "title": "Bogen", "pages": None}
    publish("Befunde", files=[("file", values | {"accessible": False})])
    assert titles("Befunde") == ["Befunde"]
    assert "No text could be read" in caplog.text


def test_a_replaced_file_is_read_anew(
    publish: Do, make_document: Do, titles: Titles, committed: Do
) -> None:
    from django.core.files.base import ContentFile

    document = make_document("a.docx", word("Altes"))
    values = {"document": document, "title": "Bogen", "pages": None, "accessible": False}
    publish("Befunde", files=[("file", values)])
    with committed():
        document.file = ContentFile(word("Neuartiges"), name="b.docx")
        document.save()
    assert titles("Neuartiges") == ["Befunde"]
    assert titles("Altes") == []


def test_what_is_taken_back_is_gone_with_the_change_itself(publish: Do, titles: Titles) -> None:
    page = publish("Frauenhausadresse")
    page.unpublish()
    assert titles("Frauenhausadresse") == []
    assert not Word.objects.filter(text="frauenhausadresse").exists()


def test_a_deleted_page_is_gone(publish: Do, titles: Titles) -> None:
    publish("Geheimwort").delete()
    assert titles("Geheimwort") == []
    assert not Word.objects.filter(text="geheimwort").exists()


def test_a_draft_is_not_found(publish: Do, titles: Titles, committed: Do) -> None:
    page = publish("Veröffentlicht")
    with committed():
        page.title = "Unfertiges"
        page.save_revision()
    assert titles("Unfertiges") == []
    assert titles("veröffentlicht") == ["Veröffentlicht"]


def test_a_page_behind_a_lock_is_not_found_and_comes_back(
    publish: Do, titles: Titles, committed: Do
) -> None:
    page = publish("Verschlusssache")
    lock = PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert titles("Verschlusssache") == []
    with committed():
        lock.delete()
    assert titles("Verschlusssache") == ["Verschlusssache"]


def test_only_the_current_fassung_is_found(show_edition: Do, titles: Titles) -> None:
    show_edition(number=1)
    show_edition(number=2)
    assert titles("Wort1") == []
    assert titles("Wort2") == ["Länderbericht Nordrhein-Westfalen"]
    assert titles("Stelle NW") == ["Länderbericht Nordrhein-Westfalen"]


@pytest.mark.parametrize("change", ["withdrawn", "archived"])
def test_a_fassung_leaves_the_index_in_the_transaction_that_withdraws_it(
    show_edition: Do, titles: Titles, change: str
) -> None:
    edition = show_edition()
    with transaction.atomic():
        if change == "withdrawn":
            Edition.objects.filter(pk=edition.pk).update(withdrawn_at=edition.published_at)
        else:
            Edition.objects.filter(pk=edition.pk).update(is_archived=True)
        reading.announce(edition.path)
        assert titles("Wort1") == []
    assert not Word.objects.filter(text="wort1").exists()


def test_an_attachment_of_a_fassung_is_read(
    make_edition: Do, make_file: Do, titles: Titles
) -> None:
    edition = make_edition()
    file = make_file(edition)
    with file.file.storage.open(file.file.name, "wb") as stored:
        stored.write(pdf("Gremienplan"))
    index.show_edition(edition.path)
    assert titles("Gremienplan") == [edition.title]


def test_a_word_stays_known_as_long_as_somebody_says_it(publish: Do) -> None:
    one = publish("Fallkonferenz eins")
    publish("Fallkonferenz zwei")
    assert Word.objects.get(text="fallkonferenz").uses == 2
    one.unpublish()
    assert Word.objects.get(text="fallkonferenz").uses == 1


def test_publishing_again_counts_once(publish: Do, committed: Do) -> None:
    page = publish("Fallkonferenz")
    with committed():
        page.save_revision().publish()
    assert Word.objects.get(text="fallkonferenz").uses == 1
    assert Entry.objects.filter(page=page).count() == 1


def test_rebuilding_gives_what_publishing_gave(
    publish: Do, show_edition: Do, titles: Titles, capsys: Any
) -> None:
    publish("Sicher sprechen", body=[("text", "<p>Schweigepflicht</p>")])
    show_edition()
    call_command("search_index")
    after = {row["text"]: row["uses"] for row in Word.objects.values("text", "uses")}
    assert titles("Schweigepflicht") == ["Sicher sprechen"]
    assert titles("Wort1") == ["Länderbericht Nordrhein-Westfalen"]
    assert titles("Hilfetelefon")[0] == "Hilfe und Beratung"
    assert titles("Saarland")[0] == "Saarland"
    call_command("search_index")
    assert {r["text"]: r["uses"] for r in Word.objects.values("text", "uses")} == after
    assert "Einträge" in capsys.readouterr().out


def test_an_office_that_changes_is_found_by_its_new_name(titles: Titles, committed: Do) -> None:
    with committed():
        reading.Office.objects.create(name="Fachstelle Windrose", land="sl")
    assert titles("Windrose") == ["Saarland"]


def test_the_database_index_can_be_prepared_twice(publish: Do, titles: Titles) -> None:
    engine.prepare()
    publish("Sicher sprechen")
    engine.prepare()
    assert titles("sprechen") == ["Sicher sprechen"]


def test_a_failing_index_undoes_no_publication(publish: Do, monkeypatch: Any, caplog: Any) -> None:
    def fail(*_args: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(texts, "of_page", fail)
    page = publish("Trotzdem da")
    page.refresh_from_db()
    assert page.live
    assert "broken" in caplog.text


def test_what_the_index_never_learned_of_is_made_good(
    make_guide: Do, make_edition: Do, titles: Titles
) -> None:
    """As if the process had ended between the commit and the index."""
    heal()
    make_guide("Sicher sprechen")
    make_edition(html="<p>Schutzplan</p>")
    assert titles("sprechen") == titles("Schutzplan") == []
    assert heal() == 2
    assert titles("sprechen") == ["Sicher sprechen"]
    assert titles("Schutzplan") == ["Länderbericht Nordrhein-Westfalen"]
    assert heal() == 0


def test_an_entry_that_was_left_behind_is_made_good(publish: Do, titles: Titles) -> None:
    heal()
    page = publish("Alt")
    page.title = "Ganz neu"
    page.save_revision().publish()  # nobody hears what waits for the commit
    assert titles("Ganz neu") == []
    assert heal() == 1
    assert titles("Ganz neu") == ["Ganz neu"]
    assert titles("Alt") == []


def test_the_worker_looks_for_it(settings: Any) -> None:
    assert heal in map(import_string, settings.KLK_WORKER_STEPS)


def test_what_is_no_page_to_be_found_is_not_looked_for_again(make_guide: Do, committed: Do) -> None:
    heal()
    page = make_guide("Hinter Schloss")
    with committed():
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert heal() == 0
    page.unpublish()
    assert heal() == 0
