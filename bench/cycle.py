"""The whole way of a document at service level: ours, and Wagtail's two-step moderation."""

from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupApprovalTask, GroupPagePermission, Site, Workflow, WorkflowTask
from wagtail.rich_text import RichText

from bench.vanilla.models import VanillaPage
from klk_workflow.editing import PartChange, save_parts, start
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
        slug = f"bench-{len(outline.data)}-{number}"
        period = Period.objects.create(
            slug=slug,
            label=f"Zeitraum {slug}",
            year=2000,
            half=1,
            opens=date(2000, 1, 1),
            due=date(2000, 6, 1),
            outline=outline,
        )
        document, _ = start(
            registry.get("laenderbericht"),
            by=users["member"],
            natural_key=f"laenderbericht:nw:{slug}",
            title=f"Bericht {slug}",
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


def _outlines() -> dict[str, Outline]:
    """The Länderbericht's own, and one section that holds all the text, as Wagtail's page does."""
    report = Outline.objects.get(type_key="laenderbericht", version=1)
    one = [{**report.data[0], "max_words": None}]
    same_shape = Outline.objects.create(type_key="laenderbericht", version=2, data=one)
    return {"klk, 14 sections": report, "klk, one section": same_shape}


def vanilla_cycle(users: dict[str, Any]) -> Callable[[int], None]:
    """Create, submit, two approvals by Wagtail's own moderation, which then publishes."""
    workflow = Workflow.objects.create(name="Bench")
    for place, who in enumerate(("reviewer", "approver")):
        task = GroupApprovalTask.objects.create(name=who)
        task.groups.set(users[who].groups.all())
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
    root = Site.objects.get(is_default_site=True).root_page
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(
        page=root, permission=publish, group=users["approver"].groups.get()
    )

    def run(number: int) -> None:
        body = [("text", RichText(f"<p>{WORDS}</p>"))] * SECTIONS
        page = root.add_child(instance=VanillaPage(title=f"Seite {number}", live=False, body=body))
        page.save_revision(user=users["member"], log_action=True)
        workflow.start(page, users["member"])
        for who in ("reviewer", "approver"):
            page.current_workflow_task_state.approve(user=users[who])
        page.refresh_from_db()
        if not page.live:
            raise RuntimeError("Wagtail's moderation did not publish the page.")

    return run


def compare(rounds: int = 15) -> None:
    """Run all in turn and print queries and the ratios of the medians."""
    users = people()
    cycles = {name: our_cycle(users, outline) for name, outline in _outlines().items()}
    cycles["wagtail"] = vanilla_cycle(users)
    times: dict[str, list[float]] = {name: [] for name in cycles}
    queries = {}
    for number in range(-2, rounds):
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
    print(f"cycle  wagtail: {queries.pop('wagtail')} queries")
    for name, count in queries.items():
        ratio = median(times[name]) / median(times["wagtail"])
        print(f"cycle  {name}: {count} queries (bound: 100)")
        print(f"cycle  {name}: time / wagtail = {ratio:.2f} (bound: 0.40), {rounds} in turn")
