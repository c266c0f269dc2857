"""Acting as a deputy: what an Event says of it, and whether that can be so."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from klk_workflow.models import Event
from klk_workflow.models.event import REPRESENTED
from klk_workflow.people import Mandate


def said(mandate: Mandate | None) -> dict[str, Any]:
    """What goes into the data of an Event, and so into its digest; names stand beside it."""
    if mandate is None:
        return {}
    days = {"from": mandate.begins.isoformat(), "until": mandate.ends.isoformat()}
    return {REPRESENTED: {"person": mandate.person.user_id, **days}}


def faults(events: Iterable[Event]) -> Iterator[tuple[int, str]]:
    """Number and words of each Event of a deputy who was none."""
    for event in events:
        if REPRESENTED not in event.data:
            continue
        mandate = event.data[REPRESENTED]
        if event.actor_id in {None, mandate["person"]}:
            yield event.seq, _("vertritt sich selbst")
        day = timezone.localtime(event.at, timezone.get_default_timezone()).date()
        if not date.fromisoformat(mandate["from"]) <= day <= date.fromisoformat(mandate["until"]):
            yield event.seq, _("Vertretung außerhalb ihrer Zeit")
