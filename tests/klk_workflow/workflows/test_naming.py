"""Who reviews or decides is named: a wish that orders and informs, or, if declared so, binding."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klk_workflow import clock
from klk_workflow.automation import outbox
from klk_workflow.checks import check_workflow
from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Deputyship, Document, OutboxMail
from klk_workflow.models.document import _generate_transitions
from klk_workflow.perform import perform
from klk_workflow.refusals import Blocked, NotAllowed, WrongState
from klk_workflow.registry import registry
from klk_workflow.roles import ADMINISTRATION, OWN_OFFICE, PRUEFUNG, SYSTEM
from klk_workflow.workflows import granting, guards, naming
from klk_workflow.workflows.definition import Quorum, Unit, extend
from klk_workflow.workflows.standard import STANDARD
from tests.klk_workflow.admin.conftest import at, text_of
from tests.klk_workflow.conftest import fill, start_report
from tests.world import REPORT

Report = registry.get(REPORT).model

REVIEW = STANDARD.transition("weitergeben")
BINDING = replace(REVIEW, named=True, guards=(*REVIEW.guards, guards.is_the_named))


def bound(**values):
    """The standard workflow with a review that binds."""
    way = replace(BINDING, **values)
    return extend(STANDARD, key="benannt", version=2, transitions=[way])


@pytest.fixture
def second(people, make_user):
    """A second reviewer, of another Land than the report."""
    people["pruefung2"] = make_user("pruefung-2", PRUEFUNG, office="by")
    return people["pruefung2"]


@pytest.fixture
def submitted(bring, second):
    """A report of NW that waits for review; two could."""
    return bring("eingereicht")


@pytest.fixture
def binding(monkeypatch, people, second, period, go):
    """The same under a workflow where the name binds."""
    workflow = bound()
    _generate_transitions(Report, workflow)
    monkeypatch.setattr(Report, "workflows", (*Report.workflows, workflow))
    document = start_report(people["nw"], "nw", period)
    fill(document, people["nw"])
    go(document, "einreichen", "nw")
    document.refresh_from_db()
    return document


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def name(document, who, by, action="weitergeben"):
    return naming.name(document, action, who and who.pk, by=fresh(by))


def review(document, user):
    document.refresh_from_db()
    return perform(document, "weitergeben", by=fresh(user), seen_digest=document.digest)


def test_a_wish_orders_and_informs_and_binds_nobody(submitted, people, as_, mailoutbox):
    OutboxMail.objects.all().delete()
    event = name(submitted, people["pruefung2"], by=people["admin"])
    assert OutboxMail.objects.get(event=event).to == "pruefung-2@example.org"
    outbox.send_waiting()
    assert "festgelegt, wer den nächsten Schritt übernimmt" in mailoutbox[0].subject
    assert "Benannt: pruefung-2" in mailoutbox[0].body
    assert "Prüfung durch: pruefung-2" in text_of(as_("nw").get(at("lesen", submitted.pk)))
    listed = text_of(as_("admin").get(at("liste", REPORT)))
    assert "bei der Prüfung: pruefung-2" in listed
    assert "Benannt: pruefung-2." in text_of(as_("pruefung2").get("/admin/"))
    assert "Benannt ist jemand anders: pruefung-2." in text_of(as_("pruefung").get("/admin/"))
    assert "festgelegt, wer" in text_of(as_("nw").get(at("verlauf", submitted.pk))).lower()
    review(submitted, people["pruefung"])
    assert verify_document(Document.objects.get(pk=submitted.pk)) is None


def test_what_one_is_named_for_comes_first(submitted, people, period, go, as_):
    other = start_report(people["by2"], "by", period)
    fill(other, people["by2"])
    go(other, "einreichen", "by2")
    start = text_of(as_("pruefung").get("/admin/"))
    assert start.index("Nordrhein-Westfalen") < start.index("Bayern")
    name(other, people["pruefung"], by=people["admin"])
    for path in ("/admin/", at("pult", "pruefen")):
        page = text_of(as_("pruefung").get(path))
        assert page.index("Bayern") < page.index("Nordrhein-Westfalen")


def test_one_takes_it_over_and_gives_it_back(submitted, people, as_):
    browser = as_("pruefung")
    assert "Übernehmen" in text_of(browser.get(at("lesen", submitted.pk)))
    url = at("benennen", submitted.pk, "weitergeben")
    answer = browser.post(url, {"person": people["pruefung"].pk}, follow=True)
    assert "Sie übernehmen das." in text_of(answer)
    assert "Prüfung durch: pruefung" in text_of(answer)
    assert not OutboxMail.objects.filter(event__action="benannt").exists()
    assert "Übernehmen" not in text_of(browser.get(at("lesen", submitted.pk)))
    answer = browser.post(url, {"person": ""}, follow=True)
    assert "Prüfung durch: noch nicht festgelegt" in text_of(answer)


def test_who_was_named_before_hears_of_it(submitted, people):
    name(submitted, people["pruefung"], by=people["admin"])
    event = name(submitted, people["pruefung2"], by=people["admin"])
    told = set(OutboxMail.objects.filter(event=event).values_list("to", flat=True))
    assert told == {"pruefung@example.org", "pruefung-2@example.org"}


def test_it_holds_for_its_round(submitted, people, go, as_):
    name(submitted, people["pruefung"], by=people["admin"])
    go(submitted, "zuruecknehmen", "nw")
    go(submitted, "einreichen", "nw")
    page = text_of(as_("nw").get(at("lesen", submitted.pk)))
    assert "Prüfung durch: noch nicht festgelegt" in page


@pytest.mark.parametrize("who", ["nw", "by", "freigabe", "redaktion"])
def test_others_name_nobody(submitted, people, as_, who):
    with pytest.raises(NotAllowed):
        name(submitted, people["pruefung"], by=people[who])
    url = at("benennen", submitted.pk, "weitergeben")
    assert as_(who).get(url).status_code == 404
    assert as_(who).post(url, {"person": people["pruefung"].pk}).status_code == 404


def test_nobody_of_the_own_land_chooses_the_reviewer(submitted, people, make_user):
    local = make_user("pruefung-nw", PRUEFUNG, office="nw")
    admin = make_user("admin-nw", ADMINISTRATION, "Mitglied", office="nw")
    for by in (local, admin):
        with pytest.raises(NotAllowed):
            name(submitted, people["pruefung"], by=by)


def test_nobody_is_named_who_could_not_take_it(submitted, people, make_user, as_):
    local = make_user("pruefung-nw", PRUEFUNG, office="nw")
    for nobody in (local, people["nw"], people["freigabe"]):
        with pytest.raises(Blocked, match="nicht übernehmen"):
            name(submitted, nobody, by=people["admin"])
    page = text_of(as_("admin").get(at("benennen", submitted.pk, "weitergeben")))
    assert "pruefung-2" in page
    assert "pruefung-nw" not in page


def test_the_form_comes_back_with_what_was_chosen(submitted, people, as_):
    url = at("benennen", submitted.pk, "weitergeben")
    answer = as_("admin").post(url, {"person": people["nw"].pk})
    assert answer.status_code == 409
    assert "kann den Schritt zurzeit nicht übernehmen" in text_of(answer)


def test_only_a_step_that_starts_here(submitted, people, as_):
    with pytest.raises(WrongState):
        name(submitted, people["freigabe"], by=people["admin"], action="freigeben")
    with pytest.raises(NotAllowed):
        name(submitted, people["nw"], by=people["admin"], action="zuruecknehmen")
    assert as_("admin").get(at("benennen", submitted.pk, "unsinn")).status_code == 404


def test_naming_is_no_decision_of_ones_own(submitted, people, go, as_):
    """It shows no text as read, and does not bar from deciding."""
    name(submitted, people["pruefung2"], by=people["pruefung"])
    page = text_of(as_("pruefung").get(at("lesen", submitted.pk)))
    assert "Ihrer letzten Entscheidung" not in page
    review(submitted, people["pruefung"])


def test_with_an_exception_one_can_be_named(people, period, go, make_user):
    people["pruefung"].memberships.update(office=people["nw"].memberships.get().office)
    document = start_report(people["nw"], "nw", period)
    fill(document, people["nw"])
    go(document, "einreichen", "nw")
    with pytest.raises(Blocked):
        name(document, people["pruefung"], by=people["admin"])
    whom = [people["pruefung"].pk]
    asked = granting.ask(document, "weitergeben", whom, by=people["nw"], reason="Sonst niemand.")
    granting.decide(document, asked, by=people["admin"], grants=True, reason="")
    name(document, people["pruefung"], by=people["admin"])
    assert verify_document(Document.objects.get(pk=document.pk)) is None


def test_where_it_binds_only_the_named_one_takes_the_step(binding, people, as_):
    with pytest.raises(Blocked, match="noch niemand benannt"):
        review(binding, people["pruefung"])
    name(binding, people["pruefung2"], by=people["admin"])
    with pytest.raises(Blocked, match="jemand anders benannt"):
        review(binding, people["pruefung"])
    assert binding.title not in text_of(as_("pruefung").get(at("pult", "pruefen")))
    assert binding.title in text_of(as_("pruefung2").get(at("pult", "pruefen")))
    page = text_of(as_("pruefung").get(at("lesen", binding.pk)))
    assert "Für diesen Schritt ist jemand anders benannt." in page
    review(binding, people["pruefung2"])
    assert verify_document(Document.objects.get(pk=binding.pk)) is None


def test_where_it_binds_nobody_takes_it_from_the_named_one(binding, people, make_user):
    make_user("pruefung-3", PRUEFUNG, office="he")
    name(binding, people["pruefung2"], by=people["pruefung2"])
    third = make_user("drei", PRUEFUNG, office="nw")
    with pytest.raises(NotAllowed):
        name(binding, third, by=third)
    name(binding, people["pruefung"], by=people["admin"])
    review(binding, people["pruefung"])


@pytest.mark.parametrize("as_reviewer", [False, True])
def test_a_deputy_acts_for_the_named_one(binding, people, make_user, as_reviewer):
    today = clock.today()
    deputy = make_user("vertretung", "Mitglied", *([PRUEFUNG] if as_reviewer else []), office="he")
    Deputyship.objects.create(
        represented=people["pruefung2"],
        deputy=deputy,
        begins=today,
        ends=today + timedelta(days=3),
    )
    event = name(binding, people["pruefung2"], by=people["admin"])
    assert OutboxMail.objects.filter(event=event, to="vertretung@example.org").exists()
    assert review(binding, deputy).represented_id == people["pruefung2"].pk


def faults(workflow):
    return [message.id for message in check_workflow(workflow)]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"named_by": ()}, ["klk_workflow.E014"]),
        ({"named_by": (OWN_OFFICE,)}, ["klk_workflow.E002"]),
        ({"named_by": ("unsinn",)}, ["klk_workflow.E002"]),
        ({"guards": REVIEW.guards}, ["klk_workflow.E007"]),
        ({"by": {"eingereicht": (PRUEFUNG, SYSTEM)}}, ["klk_workflow.E010", "klk_workflow.E015"]),
        (
            {
                "quorum": Quorum(Unit.PERSON, needed=2),
                "guards": (*BINDING.guards, guards.has_a_voice),
            },
            ["klk_workflow.E015"],
        ),
    ],
)
def test_the_checker_finds_names_that_lead_nowhere(values, found):
    assert faults(bound(**values)) == found


def test_as_many_queries_for_many_names(submitted, people, period, go, as_):
    def cost(who, path):
        browser = as_(who)
        browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            browser.get(path)
        return len(asked)

    pages = [
        ("pruefung", "/admin/"),
        ("pruefung", at("pult", "pruefen")),
        ("admin", at("liste", REPORT)),
        ("pruefung", at("lesen", submitted.pk)),
    ]
    name(submitted, people["pruefung"], by=people["admin"])
    few = [cost(*page) for page in pages]
    other = start_report(people["by2"], "by", period)
    fill(other, people["by2"])
    go(other, "einreichen", "by2")
    for _ in range(3):
        name(submitted, people["pruefung2"], by=people["admin"])
        name(submitted, people["pruefung"], by=people["admin"])
    name(other, people["pruefung"], by=people["admin"])
    assert [cost(*page) for page in pages] == few
    assert max(few) <= 60


def test_many_reviewers_cost_as_many_queries_as_few(submitted, people, make_user, as_):
    def cost():
        browser = as_("admin")
        url = at("benennen", submitted.pk, "weitergeben")
        browser.get(url)
        with CaptureQueriesContext(connection) as asked:
            browser.get(url)
        return len(asked)

    few = cost()
    for number in range(5):
        make_user(f"weitere-{number}", PRUEFUNG, office="he")
    assert cost() == few
