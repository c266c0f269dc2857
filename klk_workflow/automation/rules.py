"""Content rules at work: asked once for each Event, in the transaction that writes it."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q

from klk_workflow import clock
from klk_workflow.automation import outbox
from klk_workflow.models import Delivery, Document, Event, Rule, SetDeadline
from klk_workflow.models.meeting import put_on_agenda
from klk_workflow.people import Person
from klk_workflow.permissions import access
from klk_workflow.roles import MITGLIED, OWN_OFFICE


def apply(event: Event, document: Document) -> None:
    """Do what the rules say of this Event: rows only, which the worker carries out."""
    for rule in _rules_for(event, document):
        if rule.deed == Rule.Deed.MAIL:
            outbox.tell(event, document, may_hear(document, rule.role), but=event.actor_id)
        elif rule.deed == Rule.Deed.WEBHOOK and rule.webhook and rule.webhook.is_active:
            _deliver(event, rule)
        elif rule.deed == Rule.Deed.AGENDA:
            put_on_agenda(document, rule.name)
        elif rule.deed == Rule.Deed.DEADLINE:
            due = event.at + timedelta(days=rule.days or 0)
            SetDeadline.objects.create(event=event, rule_name=rule.name, role=rule.role, due_at=due)


def _rules_for(event: Event, document: Document) -> Iterable[Rule]:
    came = event.to_state if event.to_state != event.from_state else ""
    return Rule.objects.filter(
        Q(type_key="") | Q(type_key=document.type_key),
        Q(action="") | Q(action=event.action),
        Q(to_state="") | Q(to_state=came),
        is_active=True,
    ).select_related("webhook")


def _deliver(event: Event, rule: Rule) -> None:
    row = Delivery(
        webhook=rule.webhook,
        event=event,
        message_id=uuid.uuid4(),
        created_at=clock.now(),
        due_at=clock.now(),
    )
    Delivery.objects.bulk_create([row], ignore_conflicts=True)


def may_hear(document: Document, role: str) -> list[str]:
    """The role, if those who have it meet the document in its present state; else nobody.

    A mail names the title and the words of the act; no rule may tell them to others.
    """
    if access(Person(None, "", frozenset({role})), document):
        return [role]
    return [OWN_OFFICE] if role == MITGLIED and OWN_OFFICE in document.state_info.readers else []
