"""Small words for the templates of the member area."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _

from klk_workflow import chain
from klk_workflow.admin import status
from klk_workflow.admin.menu import subtitle
from klk_workflow.content.digest import short
from klk_workflow.models import Document, Event
from klk_workflow.people import person_for

register = template.Library()


@register.simple_tag(takes_context=True)
def klk_subtitle(context: dict[str, Any]) -> str:
    """Who the signed-in person is here."""
    request = context.get("request")
    return subtitle(person_for(request.user)) if request else ""


@register.filter
def klk_day(moment: datetime | None) -> str:
    """The day in Germany, short."""
    return status.day(moment) if moment else ""


@register.filter
def klk_full_day(moment: datetime | None) -> str:
    """The day in Germany with its year."""
    return status.day(moment, with_year=True) if moment else ""


@register.filter
def klk_moment(moment: datetime | None) -> str:
    """Day and time in Germany."""
    return status.day_and_time(moment) if moment else ""


@register.filter
def klk_short(digest: str) -> str:
    """The first eight digits of a digest, in groups."""
    return short(digest)[:9]


@register.filter
def klk_holder(document: Document) -> str:
    """Who has it now."""
    return str(status.holder(document))


@register.filter
def klk_tone(document: Document) -> str:
    """The colour of its state."""
    return status.tone(document)


@register.filter
def klk_word(name: str) -> str:
    """A role, or another word kept as data, in the person's language."""
    return _(name) if name else ""


@register.filter
def klk_done(event: Event, document: Document) -> str:
    """What happened, as its workflow words it."""
    return str(chain.words(document, event))


@register.filter
def klk_behalf(event: Event) -> str:
    """For whom a deputy acted; the name stands beside the Event, and may be erased."""
    name = event.name.represented if hasattr(event, "name") else ""
    who = ", ".join(filter(None, [name, event.on_behalf]))
    return _("in Vertretung für %(who)s") % {"who": who} if who else _("in Vertretung")


@register.filter
def klk_channel(event: Event) -> str:
    """The way by which it came, in words."""
    words = {
        "web": _("über die Website"),
        "api": _("durch ein Programm"),
        "system": _("von selbst"),
        "worker": _("von selbst"),
        "demo": _("Beispieldaten"),
    }
    return words.get(event.channel, event.channel)
