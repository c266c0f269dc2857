"""The demo conference as a whole, loaded once for all tests of this module."""

import ast
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from klk_workflow import chain
from klk_workflow import demo as package
from klk_workflow.deletion import papierkorb
from klk_workflow.demo.load import all_stories, load
from klk_workflow.demo.people import LOGINS, Cast
from klk_workflow.models import (
    Attachment,
    Document,
    Edition,
    Event,
    Office,
    OutboxMail,
    Remark,
    Removal,
    Section,
)
from klk_workflow.people import person_for
from klk_workflow.workflows.guards import missing
from klk_workflow.workflows.standard import STANDARD

pytestmark = pytest.mark.django_db

ENGINE = Path(package.__file__).parents[1]
MODULES = sorted({*ENGINE.glob("demo/*.py"), *ENGINE.glob("plugins/*/demo/*.py")})


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Load the demo into a transaction that is rolled back at the end of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


def user(name):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username=name)


def test_every_state_occurs_at_least_twice():
    found = Counter(Document.objects.values_list("state", flat=True))
    assert {state.key for state in STANDARD.states} == set(found)
    assert min(found.values()) >= 2


def test_every_land_has_an_office_and_reports():
    for land in Document.objects.values_list("land", flat=True).distinct():
        assert Office.objects.filter(land=land).exists()
    assert Edition.objects.values("land").distinct().count() == 16


def test_every_text_is_labelled_and_within_its_limit():
    for part in Section.objects.all():
        if not part.is_empty:
            assert part.plain_text().strip().startswith("Beispieltext"), part
    for document in Document.objects.all():
        specific = document.specific
        limits = [m for m in missing(specific, specific.parts()) if "höchstens" in str(m.text)]
        assert not limits, document


def test_measures_are_labelled():
    for document in Document.objects.filter(type_key="aktionsplan"):
        measures = [part for part in document.parts() if part.kind == "massnahme"]
        assert measures
        assert all(part.description.startswith("Beispieltext") for part in measures)


def test_the_record_is_intact():
    call_command("verify", stdout=StringIO())


def test_loading_again_changes_nothing():
    before = list(Document.objects.order_by("pk").values_list("pk", "digest", "head"))
    out = StringIO()
    call_command("demo_conference", stdout=out)
    assert "schon da" in out.getvalue()
    assert before == list(Document.objects.order_by("pk").values_list("pk", "digest", "head"))


def test_a_fassung_is_locked_by_two_and_the_record_says_so():
    locked = Edition.objects.get(is_removed=True)
    assert locked.html == ""
    removal = Removal.objects.get(document=locked.document_id)
    event = Event.objects.get(document=locked.document_id, action="gesperrt")
    assert event.actor_id not in {None, removal.asked_by}


def test_a_deleted_draft_lies_in_the_papierkorb_of_its_office():
    rows = papierkorb.deleted(person_for(user("mitglied-nw")))
    assert [row.type_key for row in rows] == ["aktionsplan"]


def test_an_old_text_was_taken_up_again():
    event = Event.objects.get(action=chain.TAKEN_UP)
    published = Edition.objects.get(document=event.document_id, is_current=True)
    assert event.document.digest == published.digest != event.digest


def test_a_publication_waits_for_its_date():
    assert Document.objects.filter(scheduled_for__isnull=False, state="freigegeben").exists()


def test_production_refuses(settings):
    settings.KLK_ENVIRONMENT = "production"
    with pytest.raises(CommandError):
        call_command("demo_conference")


def test_the_past_sends_no_mail():
    assert not OutboxMail.objects.exists()
    assert all(user(name).email for name, _role, _key in LOGINS)


def test_nothing_happens_in_the_future_or_out_of_order():
    for story in all_stories(Cast({})):
        moments = [moment for moment, _step in story.moments()]
        assert moments == sorted(set(moments)), story
        assert moments[-1].date().isoformat() <= "2026-11-23"


def test_the_member_of_nw_has_a_draft_and_something_to_revise():
    own = Document.objects.filter(land="nw")
    draft = own.get(state="entwurf")
    parts = Section.objects.filter(document=draft)
    assert 0 < sum(part.is_empty for part in parts) < len(parts)
    revised = own.get(state="in_ueberarbeitung")
    assert Remark.objects.filter(document=revised).exists()
    assert Event.objects.filter(document=revised).latest("seq").remark


def test_the_reviewer_has_new_and_resubmitted_reports():
    reviewer = person_for(user("pruefung"))
    waiting = Document.objects.filter(state="eingereicht").exclude(land__in=reviewer.laender)
    rounds = [document.round for document in waiting]
    assert len(rounds) >= 2
    assert max(rounds) >= 2


def test_the_approvers_have_something_to_approve():
    for name in ("freigabe", "freigabe-2"):
        laender = person_for(user(name)).laender
        assert Document.objects.filter(state="geprueft").exclude(land__in=laender).exists()


def test_the_editor_has_something_to_publish_with_and_without_a_date():
    approved = Document.objects.filter(state="freigegeben")
    assert approved.filter(scheduled_for=None).exists()
    assert approved.exclude(scheduled_for=None).exists()


def test_editions_are_superseded_withdrawn_and_archived():
    assert Edition.objects.filter(number=2).count() >= 4
    assert Edition.objects.exclude(withdrawn_at=None).filter(is_current=True).exists()
    assert Edition.objects.exclude(withdrawn_at=None).filter(is_current=False).exists()
    assert Edition.objects.filter(is_archived=True).count() >= 2


def test_reports_have_lists_tables_footnotes_pictures_and_files():
    kinds = {block["type"] for part in Section.objects.all() for block in part.raw_body()}
    assert kinds == {"text", "tabelle", "bild", "fussnoten"}
    html = " ".join(Edition.objects.values_list("html", flat=True))
    for tag in ("<ul>", "<ol>", "<h3>", "<table", "<img", "klk-footnotes", "<a href"):
        assert tag in html
    assert set(Attachment.objects.values_list("visibility", flat=True)) == {"public", "internal"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: "/".join(path.parts[-3:]))
def test_no_loader_line_writes_a_state_an_event_or_an_edition(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            assert node.attr != "state"
        if isinstance(node, ast.keyword):
            assert node.arg != "state"
        if isinstance(node, ast.Name | ast.alias):
            name = node.id if isinstance(node, ast.Name) else node.name
            assert name not in {"Event", "Edition", "setattr"}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in {"update", "save_base", "_raw_delete"}
            assert not node.func.attr.startswith("_do_")
