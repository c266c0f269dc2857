"""Remarks beside the text."""

from klk_workflow.models import Remark
from tests.klk_workflow.admin.conftest import at, text_of

PART = {"part_kind": "abschnitt", "part_key": "kurzfassung"}


def post(as_, who, document, **data):
    return as_(who).post(at("anmerken", document.pk), data)


def test_noted_answered_settled(draft, go, as_):
    go(draft, "einreichen", "nw")
    answer = post(as_, "pruefung", draft, **PART, text="Bitte die Region nennen.")
    remark = Remark.objects.get()
    assert answer.url.endswith(f"#anmerkung-{remark.pk}")
    assert remark.author_role == "Prüfung"
    post(as_, "nw", draft, parent=remark.pk, text="Ist ergänzt.", art="antwort")
    post(as_, "pruefung", draft, parent=remark.pk, art="erledigt")
    assert list(remark.answers.values_list("kind", flat=True)) == ["reply", "resolved"]
    page = text_of(as_("freigabe").get(at("lesen", draft.pk)))
    assert "Bitte die Region nennen." in page
    assert "Ist ergänzt." in page
    assert "erledigt" in page


def test_the_office_answers_and_does_not_note(draft, go, as_):
    go(draft, "einreichen", "nw")
    assert post(as_, "nw", draft, **PART, text="Ich finde das gut.").status_code == 403
    assert not Remark.objects.exists()


def test_others_neither_see_nor_note(bring, go, as_):
    document = bring("eingereicht")
    post(as_, "pruefung", document, **PART, text="Nur unter uns.")
    assert post(as_, "by", document, **PART, text="Hallo").status_code == 404
    go(document, "weitergeben", "pruefung")
    go(document, "freigeben", "freigabe")
    assert "Nur unter uns." not in text_of(as_("by").get(at("lesen", document.pk)))
    assert "Nur unter uns." in text_of(as_("nw").get(at("lesen", document.pk)))
    assert post(as_, "by", document, **PART, text="Hallo").status_code == 404
    assert post(as_, "pruefung", document, **PART, text="Zu spät").status_code == 403


def test_nothing_and_too_much_come_back_filled(draft, go, as_):
    go(draft, "einreichen", "nw")
    empty = post(as_, "pruefung", draft, **PART, text="  ")
    assert empty.status_code == 422
    assert "Bitte schreiben Sie etwas dazu." in text_of(empty)
    long = post(as_, "pruefung", draft, **PART, text="ß" * 4001)
    assert long.status_code == 422
    assert "ß" * 4001 in long.content.decode()


def test_markup_stays_text(draft, go, as_):
    go(draft, "einreichen", "nw")
    post(as_, "pruefung", draft, **PART, text="<script>alert(1)</script>")
    page = as_("nw").get(at("lesen", draft.pk)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_part_that_is_not_there(draft, go, as_):
    go(draft, "einreichen", "nw")
    wrong = {"part_kind": "abschnitt", "part_key": "unsinn"}
    assert post(as_, "pruefung", draft, **wrong, text="Hm").status_code == 404
    assert post(as_, "pruefung", draft, parent="9999", text="Hm").status_code == 404
