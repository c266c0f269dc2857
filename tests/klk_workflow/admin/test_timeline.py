"""The timeline: everything in order, paged and narrowed by the database, nothing said too much."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klk_workflow import clock
from klk_workflow.models import Event, EventName
from tests.klk_workflow.admin.conftest import at, text_of
from tests.klk_workflow.admin.test_reading import rewrite
from tests.klk_workflow.admin.test_remarks import PART, post


def history(as_, who, document, query=""):
    response = as_(who).get(at("verlauf", document.pk) + query)
    assert response.status_code == 200
    return response


def repeat(document, times):
    """So many more Events that name the text of the last one; for listings only."""
    last = document.events.order_by("-seq").first()
    values = {f.attname: getattr(last, f.attname) for f in Event._meta.concrete_fields}
    drop = {"id", "seq", "hash"}
    values = {name: value for name, value in values.items() if name not in drop}
    start = last.seq + 1
    Event.objects.bulk_create(
        Event(**values, seq=seq, hash=f"{document.pk}-{seq}") for seq in range(start, start + times)
    )


def cost(act):
    act()
    cache.clear()
    with CaptureQueriesContext(connection) as spent:
        act()
    return len(spent)


@pytest.mark.parametrize("who", ["nw", "pruefung"])
def test_a_thousand_versions_cost_what_ten_cost(draft, go, as_, who):
    for _round in range(5):
        go(draft, "einreichen", "nw")
        post(as_, "pruefung", draft, **PART, text="Eins.")
        go(draft, "ueberarbeitung_anfordern", "pruefung", remark="Bitte ergänzen.")
    repeat(draft, 20)
    browser = as_(who)
    pages = [
        at("verlauf", draft.pk),
        at("verlauf", draft.pk) + "?was=texte",
        at("stand", draft.pk, 3),
        at("vergleich", draft.pk) + "?von=1&bis=5",
    ]
    before = [cost(lambda page=page: browser.get(page)) for page in pages]
    repeat(draft, 1000)
    after = [cost(lambda page=page: browser.get(page)) for page in pages]
    assert all(then <= now for then, now in zip(after, before, strict=True)), (before, after)
    assert max(before) <= 40
    assert "Seite 2 von 42" in text_of(browser.get(f"{pages[0]}?p=2"))


def test_events_and_remarks_stand_in_one_order(draft, go, as_):
    go(draft, "einreichen", "nw")
    post(as_, "pruefung", draft, **PART, text="Welche Region?")
    go(draft, "ueberarbeitung_anfordern", "pruefung", remark="Siehe Anmerkung.")
    response = history(as_, "nw", draft)
    order = [e.event.action if e.event else e.remark.text for e in response.context["page"]]
    assert order == ["ueberarbeitung_anfordern", "Welche Region?", "einreichen"]
    assert "pruefung, Prüfung" in text_of(response)


def test_remarks_are_for_those_who_write_and_decide(bring, go, as_):
    document = bring("eingereicht")
    post(as_, "pruefung", document, **PART, text="Nur unter uns.")
    go(document, "weitergeben", "pruefung")
    go(document, "freigeben", "freigabe")
    for who, sees in (("nw", True), ("freigabe", True), ("by", False), ("admin", False)):
        for query in ("", "?was=anmerkungen"):
            page = text_of(history(as_, who, document, query))
            assert ("Nur unter uns." in page) == sees, (who, query)


def test_a_remark_does_not_name_a_part_of_a_draft_that_its_reader_does_not_read(
    bring, go, people, as_
):
    document = bring("eingereicht")
    post(as_, "pruefung", document, **PART, text="Welche Region?")
    go(document, "ueberarbeitung_anfordern", "pruefung", remark="Bitte.")
    assert "Anmerkung: Kurzfassung" in text_of(history(as_, "nw", document))
    assert "Anmerkung: Kurzfassung" not in text_of(history(as_, "pruefung", document))


def test_the_filters(bring, go, people, as_):
    document = bring("eingereicht")
    post(as_, "pruefung", document, **PART, text="Welche Region?")
    for action, who in (("weitergeben", "pruefung"), ("freigeben", "freigabe")):
        go(document, action, who)
    go(document, "veroeffentlichen", "redaktion")

    def done(query):
        page = history(as_, "nw", document, query).context["page"]
        return [entry.event.action for entry in page if entry.event]

    assert "Welche Region?" in text_of(history(as_, "nw", document, "?was=anmerkungen"))
    assert done("?was=anmerkungen") == []
    assert done("?was=entscheidungen") == [
        "freigeben",
        "weitergeben",
    ]
    assert done("?was=fassungen") == ["veroeffentlichen"]
    assert done("?was=texte") == ["einreichen"]
    assert done("?rolle=Redaktion") == ["veroeffentlichen"]
    tomorrow = clock.now().date().replace(year=clock.now().year + 1)
    assert done(f"?seit={tomorrow}") == []
    assert len(done("?was=unsinn&rolle=x&seit=gestern")) == 4


def test_an_erased_name_leaves_role_and_office(bring, as_):
    document = bring("eingereicht")
    EventName.objects.all().delete()
    page = text_of(history(as_, "nw", document))
    assert "mitglied-nw" not in page.partition("Eingereicht")[2]
    assert "Mitglied, Stelle NW" in page


def test_withdrawing_a_fassung_shows_nobody_the_draft_of_that_day(bring, go, people, as_):
    document = bring("veroeffentlicht")
    go(document, "neue_fassung", "nw", remark="Neues")
    rewrite(document, people["nw"], "Geheimer Entwurf")
    go(document, "einreichen", "nw")
    go(document, "ueberarbeitung_anfordern", "pruefung", remark="Bitte.")
    rewrite(document, people["nw"], "Adresse der Schutzwohnung")
    edition = document.editions.get()
    withdrawn = go_on_edition(document, people["redaktion"], edition)
    rewrite(document, people["nw"], "Ohne Adresse")
    address = at("stand", document.pk, withdrawn.seq)
    assert as_("pruefung").get(address).status_code == 404
    go(document, "einreichen", "nw")
    go(document, "weitergeben", "pruefung")
    go(document, "freigeben", "freigabe")
    for who in ("by", "pruefung", "redaktion"):
        assert as_(who).get(address).status_code == 404
        compare = at("vergleich", document.pk) + f"?von={withdrawn.seq}&bis=jetzt"
        assert as_(who).get(compare).status_code == 404


def go_on_edition(document, user, edition):
    from klk_workflow.perform import perform

    return perform(
        document,
        "fassung_zurueckziehen",
        by=user,
        seen_digest=edition.digest,
        edition=edition.number,
        remark="Eine Adresse.",
    )
