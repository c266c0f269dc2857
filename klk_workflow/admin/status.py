"""How things stand, in words a person would say: who has it, when it is due, which tone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from klk_workflow import clock
from klk_workflow.automation import limits
from klk_workflow.models import Document
from klk_workflow.roles import EVERY_MEMBER, FREIGABE, OWN_OFFICE, PRUEFUNG, REDAKTION
from klk_workflow.workflows.definition import Text, Transition

#: The time of the conference; dates are shown and set in it, whatever a profile says.
BERLIN = ZoneInfo(settings.TIME_ZONE)

#: From this many days before the due date on it is urgent.
URGENT_DAYS = 14

_HOLDERS = {
    OWN_OFFICE: _("bei der Stelle"),
    PRUEFUNG: _("bei der Prüfung"),
    FREIGABE: _("bei der Freigabe"),
    REDAKTION: _("bei der Redaktion"),
}

_TONES = {
    "entwurf": "line",
    "eingereicht": "",
    "geprueft": "",
    "in_ueberarbeitung": "warn",
    "freigegeben": "good",
    "veroeffentlicht": "public",
    "archiviert": "line",
}


@dataclass(frozen=True)
class Due:
    """A due date in words and how urgent it is; `days` is negative once it has passed."""

    on: date
    days: int

    @property
    def is_late(self) -> bool:
        """Whether it has passed."""
        return self.days < 0

    @property
    def is_urgent(self) -> bool:
        """Whether it has passed or is near."""
        return self.days <= URGENT_DAYS

    @property
    def since(self) -> str:
        """How one says it with the day: fällig bis 3. Dez., überfällig seit 3. Dez."""
        said = _("überfällig seit %(day)s") if self.is_late else _("fällig bis %(day)s")
        return str(said) % {"day": _short(self.on)}

    @property
    def words(self) -> str:
        """How one says it: überfällig, heute, noch 3 Tage."""
        if self.is_late:
            return str(_("überfällig"))
        if self.days == 0:
            return str(_("heute fällig"))
        return ngettext("noch %(n)d Tag", "noch %(n)d Tage", self.days) % {"n": self.days}


def due(document: Document) -> Due | None:
    """When this must be in: the due date of its period."""
    if document.period is None:
        return None
    return Due(document.period.due, (document.period.due - clock.today()).days)


def limit(document: Any) -> Due | None:
    """Until when it should go on from its state, of rows with `limits.with_limits`."""
    moment = limits.due_at(document)
    if moment is None:
        return None
    on = moment.astimezone(BERLIN).date()
    return Due(on, (on - clock.today()).days)


def told_when_late(document: Document) -> str:
    """Whom the workflow tells once the time for the present state is over."""
    deadline = document.state_info.deadline
    names = {EVERY_MEMBER: _("alle Mitglieder"), OWN_OFFICE: _("die eigene Stelle")}
    return (
        ", ".join(str(names.get(role, _(role))) for role in deadline.escalate) if deadline else ""
    )


def next_way(document: Document) -> Transition | None:
    """The way forward from here: the primary transition of the present state."""
    ways = document.workflow.leaving(document.state)
    return next((way for way in ways if way.primary), None)


def holder(document: Document) -> Text:
    """Who has it now, or nothing when the way has come to its end."""
    way = next_way(document)
    roles = way.by[document.state] if way else ()
    return next((_HOLDERS[role] for role in roles if role in _HOLDERS), "")


def tone(document: Document) -> str:
    """The colour of the state, as a class suffix; the word stands beside it everywhere."""
    return _TONES.get(document.state, "")


def day(moment: datetime, *, with_year: bool = False) -> str:
    """The day in Germany, short: 20. Nov., and 20. Nov. 2025 of another year or if asked for."""
    return _short(moment.astimezone(BERLIN).date(), with_year=with_year)


def _short(on: date, *, with_year: bool = False) -> str:
    pattern = _("j. N Y") if with_year or on.year != clock.today().year else _("j. N")
    return formats.date_format(on, str(pattern))


def day_and_time(moment: datetime) -> str:
    """Day and time in Germany: 12. November 2026, 10:00 Uhr; of an hour that comes twice, which."""
    local = timezone.localtime(moment, BERLIN)
    when = str(_("%(when)s Uhr") % {"when": formats.date_format(local, str(_("j. F Y, H:i")))})
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return when
    season = _("Winterzeit") if local.fold else _("Sommerzeit")
    return f"{when} ({season})"
