"""The way of a report through `perform`."""

import pytest

from klk_workflow.content.editing import save_part
from klk_workflow.models import Edition, Event, OutboxMail, Section
from klk_workflow.perform import perform
from klk_workflow.refusals import Blocked, ContentChanged, NotAllowed, RemarkMissing, WrongState
from tests.klk_workflow.conftest import text


def test_a_report_goes_all_the_way(bring):
    document = bring("veroeffentlicht")
    edition = Edition.objects.get()
    assert edition.number == 1
    assert edition.path == f"{document.type.slug}/nw/2026-2"
    assert edition.digest == document.digest
    assert "Beispieltext: Kurzfassung." in edition.html
    actions = list(Event.objects.order_by("seq").values_list("action", flat=True))
    assert actions == ["einreichen", "weitergeben", "freigeben", "veroeffentlichen"]


def test_internal_sections_leave_no_trace_in_the_edition(bring):
    bring("veroeffentlicht")
    edition = Edition.objects.get()
    for section in Section.objects.filter(visibility="internal"):
        assert section.title not in edition.html + edition.json
        assert section.key not in edition.html + edition.json
        assert not any(section.title == entry["title"] for entry in edition.toc)


def test_what_changed_meanwhile_is_not_approved(draft, people, go):
    seen = draft.digest
    go(draft, "einreichen", "nw")
    go(draft, "zuruecknehmen", "nw")
    section = Section.objects.filter(document=draft).first()
    save_part(section, by=people["nw"], seen_version=section.version, changes={"body": text("Neu")})
    go(draft, "einreichen", "nw")
    with pytest.raises(ContentChanged):
        perform(draft, "weitergeben", by=people["pruefung"], seen_digest=seen)
    assert Event.objects.filter(action="weitergeben").count() == 0


def test_pressing_twice_submits_once(draft, people):
    first = perform(draft, "einreichen", by=people["nw"], seen_digest=draft.digest, seen_seq=0)
    again = perform(draft, "einreichen", by=people["nw"], seen_digest=draft.digest, seen_seq=0)
    without_number = perform(draft, "einreichen", by=people["nw"], seen_digest=draft.digest)
    assert first == again == without_number
    assert Event.objects.count() == 1
    assert OutboxMail.objects.filter(to="pruefung@example.org").count() == 1


def test_a_member_does_not_decide(draft, people, go):
    go(draft, "einreichen", "nw")
    with pytest.raises(NotAllowed):
        go(draft, "weitergeben", "by")


def test_asking_for_changes_needs_words(draft, go):
    go(draft, "einreichen", "nw")
    with pytest.raises(RemarkMissing):
        go(draft, "ueberarbeitung_anfordern", "pruefung", remark="  ")


def test_the_second_of_two_decisions_is_told_where_the_document_is(draft, go, make_user, people):
    go(draft, "einreichen", "nw")
    go(draft, "weitergeben", "pruefung")
    people["other"] = make_user("pruefung-2", "Prüfung")
    with pytest.raises(WrongState, match="Geprüft"):
        go(draft, "weitergeben", "other")


def test_own_land_does_not_decide(draft, go, make_user, people):
    people["own"] = make_user("pruefung-nw", "Prüfung", office="nw")
    go(draft, "einreichen", "nw")
    with pytest.raises(Blocked, match="eigenen Landes"):
        go(draft, "weitergeben", "own")


def test_reviewer_and_approver_are_two_persons(draft, go, make_user, people):
    people["both"] = make_user("beides", "Prüfung", "Freigabe")
    go(draft, "einreichen", "nw")
    go(draft, "weitergeben", "both")
    with pytest.raises(Blocked, match="zweite Person"):
        go(draft, "freigeben", "both")


def test_a_new_fassung_leaves_the_first_and_can_be_discarded(bring, go, people):
    document = bring("veroeffentlicht")
    published = document.digest
    go(document, "neue_fassung", "nw", remark="Neue Zahlen")
    section = Section.objects.filter(document=document).first()
    save_part(section, by=people["nw"], seen_version=section.version, changes={"body": text("Neu")})
    document.refresh_from_db()
    assert document.digest != published
    go(document, "neue_fassung_verwerfen", "nw")
    document.refresh_from_db()
    assert document.state == "veroeffentlicht"
    assert document.digest == published
    assert Edition.objects.count() == 1


def test_a_new_fassung_without_changes_is_refused(bring, go):
    document = bring("veroeffentlicht")
    go(document, "neue_fassung", "nw", remark="Versehen")
    with pytest.raises(Blocked, match="derselbe"):
        go(document, "einreichen", "nw")


def test_whoever_names_a_way_there_is_not_learns_which_there_are(draft, go):
    with pytest.raises(NotAllowed, match="nicht möglich") as refused:
        go(draft, "pruefen", "pruefung")
    assert "no way 'pruefen'" in refused.value.__notes__[0]
    assert "weitergeben" in refused.value.__notes__[0]
