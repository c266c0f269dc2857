"""History, earlier texts, files: the rules of reading hold there too."""

from django.core.files.uploadedfile import SimpleUploadedFile

from klk_workflow.content.editing import add_part
from klk_workflow.content.files import store
from klk_workflow.models import Attachment, Event
from tests.klk_workflow.admin.conftest import at, text_of
from tests.klk_workflow.admin.test_reading import rewrite


def attach(document, user, name):
    upload = SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.4 " + name.encode())
    file = store(document, upload)
    add_part(document, Attachment, by=user, values={"title": name, "file": file})
    return file


def test_the_history_names_people_and_texts(bring, as_):
    document = bring("veroeffentlicht")
    page = text_of(as_("nw").get(at("verlauf", document.pk)))
    assert "Veröffentlicht, Fassung 1" in page
    assert "mitglied-nw, Mitglied, Stelle NW" in page
    assert as_("by").get(at("verlauf", document.pk)).status_code == 200


def test_a_foreign_history_is_not_there(draft, as_):
    assert as_("by").get(at("verlauf", draft.pk)).status_code == 404
    assert "nie eingereicht" in text_of(as_("admin").get(at("verlauf", draft.pk)))


def test_earlier_texts_follow_the_present_state(draft, go, people, as_):
    rewrite(draft, people["nw"], "Erster Wortlaut")
    go(draft, "einreichen", "nw")
    go(draft, "ueberarbeitung_anfordern", "pruefung", remark="Adresse heraus.")
    first = at("stand", draft.pk, 1)
    assert "Erster Wortlaut" in text_of(as_("nw").get(first))
    assert "Erster Wortlaut" in text_of(as_("pruefung").get(first))
    assert as_("admin").get(first).status_code == 404
    assert as_("by").get(first).status_code == 404
    rewrite(draft, people["nw"], "Zweiter Wortlaut")
    go(draft, "einreichen", "nw")
    go(draft, "weitergeben", "pruefung")
    go(draft, "freigeben", "freigabe")
    assert as_("by").get(first).status_code == 404
    last = Event.objects.order_by("-seq").first()
    assert "Zweiter Wortlaut" in text_of(as_("by").get(at("stand", draft.pk, last.seq)))


def test_a_discarded_text_stays_with_its_office(bring, go, people, as_):
    document = bring("veroeffentlicht")
    go(document, "neue_fassung", "nw", remark="Neues")
    rewrite(document, people["nw"], "Verworfener Wortlaut")
    discarded = go(document, "neue_fassung_verwerfen", "nw")
    url = at("stand", document.pk, discarded.seq)
    assert "Verworfener Wortlaut" in text_of(as_("nw").get(url))
    for who in ("by", "pruefung", "freigabe", "redaktion", "admin"):
        assert as_(who).get(url).status_code == 404


def test_files_of_the_draft_are_not_those_of_the_snapshot(draft, go, people, as_):
    submitted = attach(draft, people["nw"], "Eingereicht")
    go(draft, "einreichen", "nw")
    go(draft, "ueberarbeitung_anfordern", "pruefung", remark="Bitte ergänzen.")
    live = attach(draft, people["nw"], "Entwurf")

    def status(who, file, query=""):
        response = as_(who).get(at("datei", draft.pk, file.sha256) + query)
        assert b"".join(response)
        return response.status_code

    assert status("nw", live) == status("nw", submitted) == 200
    assert status("pruefung", submitted, "?stand=1") == 200
    assert status("pruefung", live, "?stand=1") == 404
    assert status("pruefung", live) == status("pruefung", submitted) == 404
    assert status("admin", submitted, "?stand=1") == status("by", submitted) == 404
    page = as_("pruefung").get(at("lesen", draft.pk)).content.decode()
    assert f"{at('datei', draft.pk, submitted.sha256)}?stand=1" in page


def test_a_file_taken_out_before_submission_is_nobody_elses(draft, go, people, as_):
    file = attach(draft, people["nw"], "Versehen")
    Attachment.objects.get(document=draft).delete()
    rewrite(draft, people["nw"], "Ohne Anlage")
    go(draft, "einreichen", "nw")
    assert as_("pruefung").get(at("datei", draft.pk, file.sha256)).status_code == 404
