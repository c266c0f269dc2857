"""Two versions of a document, chosen by a form: those that the person may read, and no others."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klk_workflow import chain
from klk_workflow.admin import status
from klk_workflow.admin.reading import versions
from klk_workflow.admin.reading.versions import Content
from klk_workflow.models import Document, Event
from klk_workflow.people import Person
from klk_workflow.permissions import Access, access
from klk_workflow.workflows.definition import Effect, Text

#: The working copy, in addresses.
NOW = "jetzt"
#: So many versions can be chosen from the form; the pages of older ones offer themselves.
MOST = 25


class VersionsForm(forms.Form):
    """Which two versions are compared, and how. Valid for versions open to the person only."""

    von = forms.ChoiceField(label=gettext_lazy("Früherer Text"))
    bis = forms.ChoiceField(label=gettext_lazy("Späterer Text"))
    ansicht = forms.ChoiceField(
        label=gettext_lazy("Ansicht"),
        required=False,
        choices=[
            ("", gettext_lazy("in einem Text")),
            ("neben", gettext_lazy("nebeneinander")),
        ],
    )

    def __init__(self, document: Document, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document, self.readable = document, versions.readable(person, document)
        self.has_now = access(person, document) >= Access.READ
        named = [self.data.get(name) or self.initial.get(name, "") for name in ("von", "bis")]
        self.offered = self._offered([int(name) for name in named if str(name).isdecimal()])
        choices = self._choices()
        for name in ("von", "bis"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @classmethod
    def preset(cls, document: Document, person: Person, event: Event | None = None) -> Self | None:
        """The form with this version (or the last but one) and the newest; None if of no use."""
        form = cls(document, person, initial={"von": str(event.seq)} if event else {})
        keys = [str(e.seq) for e in sorted(form.offered, key=lambda e: e.seq)]
        keys += [NOW] if form.has_now else []
        if len(keys) < 2:  # noqa: PLR2004 - two are compared
            return None
        start = str(event.seq) if event else keys[-2]
        end = keys[-1] if start != keys[-1] else keys[-2]
        form.initial = {"von": start, "bis": end}
        return form

    @property
    def in_two(self) -> bool:
        """Whether the texts stand side by side."""
        return bool(self.cleaned_data["ansicht"])

    def contents(self) -> tuple[Content, Content]:
        """The two texts, the older one first, whichever way round they were chosen."""
        keys = (self.cleaned_data["von"], self.cleaned_data["bis"])
        old, new = sorted(keys, key=lambda key: float("inf") if key == NOW else int(key))
        return self._content(old), self._content(new)

    def _content(self, key: str) -> Content:
        if key == NOW:
            return versions.now(self.document)
        return versions.at(self.document, next(e for e in self.offered if e.seq == int(key)))

    def _offered(self, named: list[int]) -> list[Event]:
        """All Fassungen, the newest other texts, and those that were named."""
        publishing = self.document.actions_with(Effect.MAKE_EDITION)
        texts = versions.distinct(self.readable, self.document)
        found = {e.pk: e for e in texts.order_by("-seq")[:MOST]}
        found |= {e.pk: e for e in self.readable.filter(action__in=publishing)}
        found |= {e.pk: e for e in self.readable.filter(seq__in=named)}
        return list(found.values())

    def _choices(self) -> list[tuple[Text, Any]]:
        newest_first = sorted(self.offered, key=lambda event: -event.seq)
        groups: list[tuple[Text, Any]] = [
            (
                label,
                [(str(e.seq), name(self.document, e)) for e in newest_first if _made(e) == made],
            )
            for label, made in ((_("Fassungen"), True), (_("Textstände"), False))
        ]
        present = [(NOW, _("jetzt"))] if self.has_now else []
        return present + [group for group in groups if group[1]]


def _made(event: Event) -> bool:
    return event.edition_number is not None


def name(document: Document, event: Event) -> str:
    """What people call a version: by its Fassung, or by what was done with it, and when."""
    when = status.day_and_time(event.at)
    if event.edition_number:
        return _("Fassung %(n)d, %(when)s") % {"n": event.edition_number, "when": when}
    done = str(chain.words(document, event))
    return _("%(done)s am %(when)s") % {"done": done[:1].upper() + done[1:], "when": when}


def words(document: Document, content: Content) -> str:
    """What people call the text of this moment."""
    if content.event is None:
        return _("jetzt (%(state)s)") % {"state": document.state_info.label}
    return name(document, content.event)
