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


def test_what_was_said_on_the_way_stays_with_those_concerned(bring, as_):
    """Words at a decision: the office and those who decide; of an approval the Redaktion too."""
    document = bring("eingereicht")
    said = {"ueberarbeitung_anfordern": "Zu scharf im Ton.", "freigeben": "Erst im Dezember."}
    for action, who in (
        ("ueberarbeitung_anfordern", "pruefung"),
        ("einreichen", "nw"),
        ("weitergeben", "pruefung"),
        ("freigeben", "freigabe"),
    ):
        document.refresh_from_db()
        data = {"seen_digest": document.digest, "seen_seq": document.event_count}
        address = at("handeln", document.pk, action)
        answer = as_(who).post(address, data | {"remark": said.get(action, "")})
        assert answer.status_code == 302, (action, text_of(answer))
    told = {
        "nw": set(said),
        "pruefung": set(said),
        "freigabe": set(said),
        "redaktion": {"freigeben"},
        "by": set(),
        "admin": set(),
    }
    for who, heard in told.items():
        pages = [text_of(as_(who).get(at(name, document.pk))) for name in ("lesen", "verlauf")]
        assert {action for action in said if said[action] in pages[1]} == heard, who
        if who not in ("nw", "pruefung", "freigabe"):
            assert said["ueberarbeitung_anfordern"] not in pages[0], who


def test_the_bar_says_that_a_remark_is_open_and_decides_all_the_same(draft, go, as_):
    go(draft, "einreichen", "nw")
    address = at("lesen", draft.pk)
    assert "noch offen" not in text_of(as_("pruefung").get(address))
    post(as_, "pruefung", draft, **PART, text="Bitte die Region nennen.")
    post(as_, "pruefung", draft, text="Im Ganzen gut.")
    assert "2 Anmerkungen sind noch offen." in text_of(as_("pruefung").get(address))
    first, second = Remark.objects.order_by("pk")
    post(as_, "nw", draft, parent=second.pk, art="erledigt")
    page = as_("pruefung").get(address)
    assert "Eine Anmerkung ist noch offen." in text_of(page)
    assert f'href="#anmerkung-{first.pk}"' in page.content.decode()
    assert "noch offen" not in text_of(as_("nw").get(address))
    post(as_, "pruefung", draft, **PART, text="Und das Jahr.")
    post(as_, "nw", draft, parent=first.pk, art="erledigt")
    assert "Eine Anmerkung ist noch offen." in text_of(as_("pruefung").get(address))
    go(draft, "weitergeben", "pruefung")
