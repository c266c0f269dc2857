"""Reading and judging: how much each person meets, what changed, and the bar."""

import pytest

from klk_workflow.content.editing import save_part
from klk_workflow.models import Section
from tests.klk_workflow.admin.conftest import at, marked, text_of
from tests.klk_workflow.conftest import text


def rewrite(document, user, words, key="kurzfassung"):
    section = Section.objects.get(document=document, key=key)
    save_part(section, by=user, seen_version=section.version, changes={"body": text(words)})


def read(as_, who, document, query=""):
    return as_(who).get(at("lesen", document.pk) + query)


def test_a_foreign_draft_is_not_there(draft, as_):
    assert read(as_, "by", draft).status_code == 404
    assert read(as_, "pruefung", draft).status_code == 404
    assert read(as_, "redaktion", draft).status_code == 404


def test_the_administration_sees_where_it_is_and_no_word_of_it(draft, as_):
    page = text_of(read(as_, "admin", draft))
    assert "Der Stand ist „Entwurf“" in page
    assert "Beispieltext" not in page


def test_reviewers_see_what_was_submitted_never_the_draft(draft, go, people, as_):
    rewrite(draft, people["nw"], "Eingereichter Satz")
    go(draft, "einreichen", "nw")
    go(draft, "ueberarbeitung_anfordern", "pruefung", remark="Bitte ergänzen.")
    rewrite(draft, people["nw"], "Geheimer Entwurf")
    page = text_of(read(as_, "pruefung", draft))
    assert "Eingereichter Satz" in page
    assert "Geheimer Entwurf" not in page
    assert "Stelle NW überarbeitet den Text" in page
    own = text_of(read(as_, "nw", draft))
    assert "Geheimer" in own
    assert "Seit der letzten Einreichung" in own


def test_what_changed_since_my_last_decision(draft, go, people, as_):
    rewrite(draft, people["nw"], "Eine Region hat Konferenzen.")
    go(draft, "einreichen", "nw")
    go(draft, "ueberarbeitung_anfordern", "pruefung", remark="Bitte ergänzen.")
    rewrite(draft, people["nw"], "Zwei Regionen haben Konferenzen.")
    go(draft, "einreichen", "nw")
    page = marked(read(as_, "pruefung", draft))
    assert "<del>Eine Region hat</del><ins>Zwei Regionen haben</ins> Konferenzen." in page
    assert "1 von 14 Abschnitten geändert" in page
    assert "13 Abschnitte unverändert" in page
    whole = read(as_, "pruefung", draft, "?ansicht=ganz").content.decode()
    assert "<ins>" not in whole
    assert "Zwei Regionen haben Konferenzen." in whole


def test_against_a_fassung(bring, go, people, as_):
    document = bring("veroeffentlicht")
    go(document, "neue_fassung", "nw", remark="Neue Zahlen")
    rewrite(document, people["nw"], "Ganz anders")
    page = marked(read(as_, "nw", document, "?ansicht=fassung-1"))
    assert "Seit Fassung 1: 1 von 14" in page
    assert "<ins>Ganz anders</ins>" in page


def test_the_bar_posts_the_state_it_shows(draft, go, as_):
    go(draft, "einreichen", "nw")
    draft.refresh_from_db()
    page = read(as_, "pruefung", draft).content.decode()
    assert f'name="seen_digest" value="{draft.digest}"' in page
    assert at("handeln", draft.pk, "weitergeben") in page
    assert at("handeln", draft.pk, "ueberarbeitung_anfordern") in page
    assert at("handeln", draft.pk, "freigeben") not in page


def test_what_a_guard_forbids_is_explained_not_offered(draft, go, people, make_user, as_):
    people["own"] = make_user("pruefung-nw", "Prüfung", office="nw")
    go(draft, "einreichen", "nw")
    page = read(as_, "own", draft)
    assert at("handeln", draft.pk, "weitergeben") not in page.content.decode()
    assert "Über Dokumente des eigenen Landes entscheiden andere Länder." in text_of(page)


def test_visibility_stands_beside_each_section(draft, go, as_):
    go(draft, "einreichen", "nw")
    page = text_of(read(as_, "pruefung", draft))
    assert "nur KLK" in page
    assert "öffentlich" in page


@pytest.mark.parametrize("who", ["nw", "pruefung", "admin"])
def test_reading_asks_the_database_as_often_for_many_events(
    who, draft, go, people, as_, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def rounds(n):
        for number in range(n):
            rewrite(draft, people["nw"], f"Runde {draft.round} {number}")
            go(draft, "einreichen", "nw")
            go(draft, "ueberarbeitung_anfordern", "pruefung", remark="Noch einmal.")

    rounds(1)
    rewrite(draft, people["nw"], "Zuletzt")
    go(draft, "einreichen", "nw")
    browser = as_(who)
    browser.get(at("lesen", draft.pk))
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(at("lesen", draft.pk))
    go(draft, "ueberarbeitung_anfordern", "pruefung", remark="Noch einmal.")
    rounds(3)
    rewrite(draft, people["nw"], "Zuletzt noch")
    go(draft, "einreichen", "nw")
    with django_assert_max_num_queries(len(few)):
        browser.get(at("lesen", draft.pk))
    assert len(few) <= 36
