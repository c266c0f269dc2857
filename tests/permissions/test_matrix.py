"""Every address of admin and site, asked for by everybody (lists.py holds what is expected)."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from klk_workflow.models import (
    Attachment,
    Deputyship,
    Document,
    Meeting,
    Office,
    Period,
    Rule,
    Section,
    Webhook,
)
from klk_workflow.registry import registry
from tests.crawl import body, patterns
from tests.permissions import lists

pytestmark = pytest.mark.django_db

PEOPLE = ["nw", "by", "pruefung", "freigabe", "redaktion", "admin", "super"]
SAMPLE = {
    "pk": 1,
    "page_id": 1,
    "parent_page_id": 1,
    "slug": "2020-1",
    "type_key": "aktionsplan",
    "desk": "pruefung",
    "report": "massnahmen",
    "app_name": "wagtailadmin",
    "public_type": "aktionsplaene",
}
EXPECTED = {name: who for who, names in lists.TOUCHES_NOT.items() for name in names.split()}
LISTED = {
    *EXPECTED,
    *lists.TOUCHES,
    *lists.TOUCHES_APART,
    *lists.TOUCHES_PUBLICLY,
    *lists.TOUCHES_BY_TOKEN,
    *lists.NOT_ASKED,
}


def test_every_address_stands_on_one_list():
    names = {name for name, _route, _pattern in patterns() if name}
    assert not names - LISTED, f"on no list: {sorted(names - LISTED)}"
    assert not LISTED - names, f"no address any more: {sorted(LISTED - names)}"
    assert not set(EXPECTED) & (set(lists.TOUCHES) | lists.TOUCHES_APART)


def test_whoever_touches_documents_says_so():
    """In the member area's namespace, an address with a document's number cannot pass as other."""
    for name, route, _pattern in patterns():
        if name.startswith("dokumente:") and "<int:pk>" in route:
            assert name in set(lists.TOUCHES) | lists.TOUCHES_APART, name


def test_addresses_that_touch_no_document(marking, browsers):
    wrong = []
    rows = {
        "wagtailusers_groups": Group,
        "wagtailusers_users": get_user_model(),
        "stellen": Office,
        "zeitraeume": Period,
        "regeln": Rule,
        "programme": Webhook,
        "vertretungen": Deputyship,
        "sitzungen": Meeting,
    }
    Deputyship.objects.create(
        represented=marking.people["pruefung"],
        deputy=marking.people["nw"],
        begins=date(2020, 1, 1),
        ends=date(2020, 1, 2),
    )
    days = {"begins": date(2020, 5, 4), "ends": date(2020, 5, 5)}
    Meeting.objects.create(pk=1, title="Frühjahr", kind=Meeting.Kind.IN_PERSON, **days)
    webhook = Webhook.objects.create(name="Akte", url="https://example.org/")
    Rule.objects.create(name="Regel", deed=Rule.Deed.WEBHOOK, webhook=webhook)
    keys_of = {name: model.objects.order_by("pk")[0].pk for name, model in rows.items()}
    for name, _route, pattern in patterns():
        if name not in EXPECTED:
            continue
        converters = pattern.pattern.converters
        keys = list(converters) or list(pattern.pattern.regex.groupindex)
        whole = {k for k in keys if type(converters.get(k)).__name__ == "IntConverter"}
        space = name.partition(":")[0]
        sample = SAMPLE | ({"pk": keys_of[space]} if space in keys_of else {})
        address = reverse(name, kwargs={k: sample.get(k, 1 if k in whole else "x") for k in keys})
        for who in lists.EVERYBODY:
            status = browsers[who].get(address).status_code
            opened = status == 200
            if opened != (who in EXPECTED[name]) or (
                not opened and status not in {302, 403, 404, 405}
            ):
                wrong.append(f"{name} {who}: {status}")
    assert not wrong, "\n".join(wrong)


def addresses_of(document):
    """(name, address) of all that touches this document."""
    part = document.parts()[-1]
    kind = part.kind
    attachment = Attachment.objects.filter(document=document).first()
    arguments = {
        "dokumente:teil": [kind, part.pk],
        "dokumente:teil_neu": [kind],
        "dokumente:teil_entfernen": [kind, part.pk],
        "dokumente:teil_verschieben": [kind, part.pk],
        "dokumente:datei": [attachment.file.sha256],
    }
    for name in lists.TOUCHES:
        if name == "dokumente:angaben" and not registry.get(document.type_key).head_form:
            continue
        yield name, reverse(name, args=[document.pk, *arguments.get(name, [])])


def one_for_each_state(marking):
    """Every other document: each state once, of one type or the other."""
    return marking.documents[::2]


def state_of(marking, document):
    return next(m.state for m in marking.known.values() if m.natural_key == document.natural_key)


def test_addresses_that_touch_documents(marking, browsers):
    """The status for everybody, and no marker of a text that the reading table keeps back."""
    wrong = []
    for document in marking.documents:
        state = state_of(marking, document)
        for name, address in addresses_of(document):
            for who in PEOPLE:
                level = lists.LEVELS[state].get(who)
                expected = lists.TOUCHES[name].get(level, 404)
                response = browsers[who].get(address)
                if response.status_code != expected:
                    wrong.append(f"{name} {state} {who}: {response.status_code}, not {expected}")
                wrong += overheard(marking, who, address, response)
            for who in ("gone", "stranger"):
                response = browsers[who].get(address)
                if response.status_code != 302 or "/konto/anmelden/" not in response["Location"]:
                    wrong.append(f"{name} {state} {who}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


def overheard(marking, who, address, response):
    """Markers in an answer that this person must not meet."""
    said = body(response).replace(address.rpartition("=")[2] or " ", "")
    return [
        f"{who} {address}: {marking.known[token]}"
        for token in sorted(marking.found_in(said))
        if not readable(marking, marking.known[token].state, who, token)
    ]


@pytest.mark.usefixtures("blank_pages")
def test_posting_where_one_may_not_changes_nothing(marking, browsers):
    """POST to every address of every document, by everybody who may not write there."""
    wrong = []
    before = fingerprint()
    for document in one_for_each_state(marking):
        state = state_of(marking, document)
        for name, address in addresses_of(document):
            for who in [*PEOPLE, "gone", "stranger"]:
                level = lists.LEVELS[state].get(who)
                if level == "write" or (name == "dokumente:anmerken" and level):
                    continue
                data = {"title": "Fremd", "seen_version": 1, "text": "Fremd", "html": "<p>x</p>"}
                status = browsers[who].post(address, data).status_code
                if status not in {302, 403, 404, 405, 409}:
                    wrong.append(f"{name} {state} {who}: {status}")
    assert not wrong, "\n".join(wrong)
    assert fingerprint() == before


def fingerprint():
    return sorted(Document.objects.values_list("pk", "state", "digest", "event_count")), sorted(
        Section.objects.values_list("pk", "version")
    )


@pytest.mark.usefixtures("blank_pages")
def test_acts_of_strangers_to_a_document_are_not_found(marking, browsers):
    """Who meets nothing of a document and has no act there learns nothing of it."""
    wrong = []
    for document in one_for_each_state(marking):
        state = state_of(marking, document)
        has_edition = bool(document.edition_count)
        for way in document.workflow.transitions:
            address = reverse("dokumente:handeln", args=[document.pk, way.key])
            for who in PEOPLE:
                meets = who in lists.LEVELS[state]
                acts = way.on_edition and has_edition and who == "redaktion"
                response = browsers[who].get(address)
                if (response.status_code == 404) == bool(meets or acts):
                    wrong.append(f"{way.key} {state} {who}: {response.status_code}")
            for who in ("gone", "stranger"):
                status = browsers[who].get(address).status_code
                wrong += [f"{way.key} {state} {who}: {status}"] if status != 302 else []
    assert not wrong, "\n".join(wrong)


def readable(marking, state, who, token):
    """Whether this person may meet this marker, after the reading table."""
    marked = marking.known[token]
    level = lists.LEVELS[state].get(who)
    if marked.layer == "talk":
        concerned = {*lists.TOLD.get(marked.where, ()), "nw", "nw2", "pruefung", "freigabe"}
        return level is not None and who in concerned
    if marked.layer == "live":
        return level in {"read", "write"}
    return level in {"read", "write", "snapshot"}


def test_no_list_report_or_search_says_more_than_the_table(marking, browsers):
    wrong = []
    tokens = list(marking.known)
    for who in PEOPLE:
        addresses = [reverse("wagtailadmin_home"), *map(reverse, _overviews())]
        listed = [reverse("dokumente:liste", args=[t.key]) for t in registry]
        addresses += listed
        addresses.append(reverse("dokumente:auswertung", args=["aktionsplan", "massnahmen"]))
        addresses += [f"{a}?q={t}" for a in listed for t in tokens[:: len(tokens) // 3]]
        addresses += [f"/admin/pages/search/?q={tokens[-1]}"]
        addresses += [reverse("dokumente:pult", args=[d]) for d in ("pruefung", "freigabe")]
        for address in addresses:
            wrong += overheard(marking, who, address, browsers[who].get(address))
    assert not wrong, "\n".join(wrong[:20])


def test_earlier_texts_are_no_way_around_the_table(marking, browsers):
    wrong = []
    for document in marking.documents:
        for who in PEOPLE:
            for seq in range(1, document.event_count + 1):
                address = reverse("dokumente:stand", args=[document.pk, seq])
                response = browsers[who].get(address)
                wrong += overheard(marking, who, address, response)
                if who in {"super", "admin"} and response.status_code != 404:
                    wrong.append(f"{who} {address}: {response.status_code}")
    assert not wrong, "\n".join(wrong[:20])


def _overviews():
    return [
        name
        for name, route, _pattern in patterns()
        if "<" not in route and "(" not in route and name in EXPECTED
        if name.startswith(("dokumente:", "wagtailadmin_reports", "stellen", "wagtailsnippets"))
    ]


def test_titles_of_foreign_drafts_are_in_no_list(marking, browsers):
    for document in marking.documents:
        state = state_of(marking, document)
        for who in PEOPLE:
            if who in lists.LEVELS[state]:
                continue
            for address in ("/admin/", reverse("dokumente:liste", args=[document.type_key])):
                link = reverse("dokumente:lesen", args=[document.pk])
                assert link not in body(browsers[who].get(address)), (who, state, address)
