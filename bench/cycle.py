"""The whole way of a document at service level: ours, and Wagtail's two-step moderation."""

from collections.abc import Callable, Iterable
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowTask,
)
from wagtail.rich_text import RichText

from bench.vanilla.models import VanillaPage, VanillaReport, VanillaSection
from klk_workflow.content.editing import PartChange, save_parts, start
from klk_workflow.models import Membership, Office, Outline, Period, Section
from klk_workflow.perform import perform
from klk_workflow.registry import registry
from klk_workflow.roles import FREIGABE, MITGLIED, PRUEFUNG, REDAKTION

#: Sections of a report and paragraphs of a page: the same text on both sides.
SECTIONS = 14
WORDS = "Beispieltext: Die Beteiligten haben vereinbart, wie sie zusammenarbeiten. " * 12


def people() -> dict[str, Any]:
    """A member, a reviewer, an approver and an editor, each a person of their own."""
    users = {}
    for name, role in (
        ("member", MITGLIED),
        ("reviewer", PRUEFUNG),
        ("approver", FREIGABE),
        ("editor", REDAKTION),
    ):
        user = get_user_model().objects.create_user(f"bench-{name}", f"{name}@example.org")
        user.groups.add(Group.objects.get(name=role))
        users[name] = user
    office = Office.objects.create(name="Bench", land="nw", kind=Office.Kind.ANDERE)
    Membership.objects.create(user=users["member"], office=office)
    return users


def our_cycle(users: dict[str, Any], outline: Outline) -> Callable[[int], None]:
    """Create, submit, review, approve, publish: what `number` makes a report of its own.

    The text is the same whatever the outline; its sections share it out.
    """
    blocks = SECTIONS // len(outline.data)

    def run(number: int) -> None:
        period = Period.objects.get(slug=f"bench-{outline.version}-{number}")
        document, _ = start(
            registry.get("laenderbericht"),
            by=users["member"],
            natural_key=f"laenderbericht:nw:{period.slug}",
            title=f"Bericht {period.slug}",
            land="nw",
            period=period,
        )
        body = [("text", RichText(f"<p>{WORDS}</p>"))] * blocks
        changes = [
            PartChange(section, section.version, {"body": body})
            for section in Section.objects.filter(document=document)
        ]
        save_parts(document, by=users["member"], changes=changes)
        document.refresh_from_db()
        for action, who in (
            ("einreichen", "member"),
            ("weitergeben", "reviewer"),
            ("freigeben", "approver"),
            ("veroeffentlichen", "editor"),
        ):
            perform(document, action, by=users[who], seen_digest=document.digest)

    return run


def _periods(outline: Outline, numbers: Iterable[int]) -> None:
    """Rounds, which sixteen reports share in truth; a page's parent is there before it, too."""
    Period.objects.bulk_create(
        Period(
            slug=f"bench-{outline.version}-{number}",
            label=f"Zeitraum {number}",
            year=2000,
            half=1,
            opens=date(2000, 1, 1),
            due=date(2000, 6, 1),
            outline=outline,
        )
        for number in numbers
    )


def vanilla_cycle(users: dict[str, Any], make: Callable[[int], Page]) -> Callable[[int], None]:
    """Create, submit, two approvals by Wagtail's own moderation, which then publishes."""
    root = Site.objects.get(is_default_site=True).root_page
    workflow = Workflow.objects.get(name="Bench")

    def run(number: int) -> None:
        page = root.add_child(instance=make(number))
        page.save_revision(user=users["member"], log_action=True)
        workflow.start(page, users["member"])
        for who in ("reviewer", "approver"):
            page.current_workflow_task_state.approve(user=users[who])
        page.refresh_from_db()
        if not page.live:
            raise RuntimeError("Wagtail's moderation did not publish the page.")

    return run


def _moderation(users: dict[str, Any]) -> None:
    """Two tasks, one after the other; the second may publish."""
    workflow = Workflow.objects.create(name="Bench")
    for place, who in enumerate(("reviewer", "approver")):
        task = GroupApprovalTask.objects.create(name=who)
        task.groups.set(users[who].groups.all())
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
    GroupPagePermission.objects.create(
        page=Site.objects.get(is_default_site=True).root_page,
        permission=Permission.objects.get(codename="publish_page"),
        group=users["approver"].groups.get(),
    )


def _page(number: int) -> Page:
    body = [("text", RichText(f"<p>{WORDS}</p>"))] * SECTIONS
    return VanillaPage(title=f"Seite {number}", live=False, body=body)


def _report(number: int) -> Page:
    body = [("text", RichText(f"<p>{WORDS}</p>"))]
    page = VanillaReport(title=f"Bericht {number}", live=False)
    page.sections = [
        VanillaSection(sort_order=place, title=f"Abschnitt {place}", body=body)
        for place in range(SECTIONS)
    ]
    return page


def compare(users: dict[str, Any], rounds: int = 15) -> None:
    """Run all in turn and print queries and the ratios of the medians, like with like."""
    numbers = range(-2, rounds)
    _moderation(users)
    sections = Outline.objects.get(type_key="laenderbericht", version=1)
    one = [{**sections.data[0], "max_words": None}]
    text = Outline.objects.create(type_key="laenderbericht", version=2, data=one)
    cycles, ratios = {}, []
    for shape, outline, make in (
        ("14 sections of their own", sections, _report),
        ("one text of 14 blocks", text, _page),
    ):
        _periods(outline, numbers)
        cycles[f"klk, {shape}"] = our_cycle(users, outline)
        cycles[f"wagtail, {shape}"] = vanilla_cycle(users, make)
        ratios.append((f"klk, {shape}", f"wagtail, {shape}"))
    times, queries = _run_in_turn(cycles, numbers)
    for ours, theirs in ratios:
        print(f"cycle  {ours}: {queries[ours]} queries (bound: 100); wagtail {queries[theirs]}")
        ratio = median(times[ours]) / median(times[theirs])
        print(f"cycle  {ours}: time / wagtail = {ratio:.2f} (bound: 0.40), {rounds} in turn")
    ratio = median(times[ratios[0][0]]) / median(times[ratios[1][1]])
    print(f"cycle  14 sections of their own / wagtail's one text: {ratio:.2f}")


def _run_in_turn(
    cycles: dict[str, Callable[[int], None]], numbers: range
) -> tuple[dict[str, list[float]], dict[str, int]]:
    """Seconds of each run, and the queries of the second, which like the first is not timed."""
    times: dict[str, list[float]] = {name: [] for name in cycles}
    queries = {}
    for number in numbers:
        for name, run in cycles.items():
            if number == -1:
                with CaptureQueriesContext(connection) as spent:
                    run(number)
                queries[name] = len(spent)
                continue
            began = perf_counter()
            run(number)
            if number >= 0:
                times[name].append(perf_counter() - began)
    return times, queries
