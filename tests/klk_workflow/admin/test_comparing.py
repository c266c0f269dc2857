"""Any two versions or Fassungen beside each other, for those who may read both."""

import pytest

from klk_workflow.content.editing import remove_part, save_part
from klk_workflow.models import Section
from tests.klk_workflow.admin.conftest import at, marked, text_of
from tests.klk_workflow.admin.test_history_and_files import attach
from tests.klk_workflow.admin.test_reading import rewrite


def compare(as_, who, document, von, bis, **more):
    data = {"von": von, "bis": bis, **more}
    return as_(who).get(at("vergleich", document.pk), data)


def items(response):
    return {item.key: item for item in response.context["comparison"].items}


@pytest.fixture
def two_texts(draft, go, people):
    """Two submissions, the second with another word."""
    rewrite(draft, people["nw"], "Eine Region hat Konferenzen.")
    first = go(draft, "einreichen", "nw")
    go(draft, "zuruecknehmen", "nw")
    rewrite(draft, people["nw"], "Zwei Regionen haben Konferenzen.")
    second = go(draft, "einreichen", "nw")
    return draft, first.seq, second.seq


def test_word_by_word_whichever_way_round(two_texts, as_):
    document, first, second = two_texts
    change = "<del>Eine Region hat</del><ins>Zwei Regionen haben</ins> Konferenzen."
    for von, bis in ((first, second), (second, first), (first, "jetzt")):
        page = compare(as_, "nw", document, von, bis)
        assert change in marked(page)
        assert "1 von 14 Abschnitten geändert" in text_of(page)
    assert "Der Text ist derselbe." in text_of(compare(as_, "nw", document, second, "jetzt"))


def test_a_change_is_said_and_not_only_coloured(two_texts, as_):
    document, first, second = two_texts
    page = text_of(compare(as_, "nw", document, first, second))
    assert "[gestrichen: Eine Region hat Ende gestrichen]" in page
    assert "[neu: Zwei Regionen haben Ende neu]" in page


def test_side_by_side_each_text_is_whole(two_texts, as_):
    document, first, second = two_texts
    page = marked(compare(as_, "nw", document, first, second, ansicht="neben"))
    assert "<del>Eine Region hat</del> Konferenzen." in page
    assert "<ins>Zwei Regionen haben</ins> Konferenzen." in page
    assert "</del><ins>" not in page


def test_who_may_not_read_one_of_the_two_gets_nothing(two_texts, go, people, as_):
    document, first, second = two_texts
    go(document, "ueberarbeitung_anfordern", "pruefung", remark="Bitte.")
    rewrite(document, people["nw"], "Heimlicher Entwurf")
    assert compare(as_, "pruefung", document, first, second).status_code == 200
    assert compare(as_, "pruefung", document, first, "jetzt").status_code == 404
    page = as_("pruefung").get(at("verlauf", document.pk)).content.decode()
    assert 'value="jetzt"' not in page
    for who in ("by", "admin"):
        assert compare(as_, who, document, first, second).status_code == 404


@pytest.mark.parametrize("query", [{}, {"von": "x"}, {"von": 1, "bis": 99}, {"von": -1, "bis": 1}])
def test_what_is_no_version_is_not_found(two_texts, as_, query):
    assert as_("nw").get(at("vergleich", two_texts[0].pk), query).status_code == 404


def test_others_compare_what_was_approved(bring, go, people, as_):
    document = bring("veroeffentlicht")
    made = document.events.order_by("-seq").first().seq
    go(document, "neue_fassung", "nw", remark="Neues")
    rewrite(document, people["nw"], "Zwischenstand")
    between = go(document, "einreichen", "nw").seq
    go(document, "zuruecknehmen", "nw")
    rewrite(document, people["nw"], "Zweite Fassung")
    for action, who in (
        ("einreichen", "nw"),
        ("weitergeben", "pruefung"),
        ("freigeben", "freigabe"),
        ("veroeffentlichen", "redaktion"),
    ):
        last = go(document, action, who).seq
    page = compare(as_, "by", document, made, last)
    assert "<ins>Zweite Fassung</ins>" in marked(page)
    assert "Von „Fassung 1," in text_of(page)
    assert compare(as_, "by", document, between, last).status_code == 404
    assert compare(as_, "nw", document, between, last).status_code == 200


def test_visibility_articles_and_attachments(draft, go, people, as_):
    kept = attach(draft, people["nw"], "Bleibt")
    old = attach(draft, people["nw"], "Alt")
    first = go(draft, "einreichen", "nw").seq
    go(draft, "zuruecknehmen", "nw")
    section = Section.objects.get(document=draft, key="kurzfassung")
    changes = {"visibility": "internal", "articles": [*section.articles, 51]}
    save_part(section, by=people["nw"], seen_version=section.version, changes=changes)
    remove_part(old.attachments.get(), by=people["nw"], seen_version=1)
    attach(draft, people["nw"], "Neu")
    page = compare(as_, "nw", draft, first, "jetzt")
    found = items(page)
    assert "Sichtbarkeit: vorher öffentlich , jetzt nur KLK" in text_of(page)
    assert "Art. 51" in found["kurzfassung"].body.partition("<ins>")[2]
    changed = {str(item.heading): item for item in found.values() if item.kind == "anlage"}
    assert sorted(item.is_changed for item in changed.values()) == [False, True, True]
    same = next(item for item in changed.values() if not item.is_changed)
    assert kept.sha256 in same.body
    assert "<ins>" not in same.body
