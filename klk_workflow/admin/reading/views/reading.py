"""Reading a document, and deciding on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin import status
from klk_workflow.admin.acting import exception_words, named_words
from klk_workflow.admin.acting.offers import Offer, offers, offers_on
from klk_workflow.admin.doors import DocumentMixin
from klk_workflow.admin.reading import together, versions
from klk_workflow.admin.reading.review import Comparison, compared
from klk_workflow.admin.reading.steps import steps
from klk_workflow.admin.reading.versions import Content
from klk_workflow.automation.limits import with_limits
from klk_workflow.content import remarks
from klk_workflow.content.digest import document_digest
from klk_workflow.models import Document, Edition, Event
from klk_workflow.permissions import Access, is_own
from klk_workflow.roles import ADMINISTRATION
from klk_workflow.workflows import exceptions, granting, moving
from klk_workflow.workflows.definition import Step


@dataclass(frozen=True)
class View:
    """One of the ways to look at the text."""

    label: str
    url: str
    is_current: bool


class ReadView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """State, text, what changed, remarks, and the bar to decide; as much as the person meets."""

    template_name = "klk_workflow/admin/read/read.html"
    needs = Access.STATUS

    def get_page_title(self) -> str:
        """The document's title."""
        return self.document.title

    @cached_property
    def events(self) -> list[Event]:
        """All that happened, in order."""
        return list(self.document.events.order_by("seq"))

    @cached_property
    def content(self) -> Content | None:
        """The text this person meets: of now, the one last submitted, or none."""
        if self.access >= Access.READ:
            return versions.now(self.document)
        if self.access == Access.SNAPSHOT:
            return versions.submitted(self.document, self.events)
        return None

    @cached_property
    def editions(self) -> Sequence[Edition]:
        """The Fassungen, newest first."""
        rows = Edition.objects.filter(document_id=self.document.pk).defer("html", "json")
        return list(rows.order_by("-number"))

    @cached_property
    def looked_at(self) -> Event | None:
        """The Event at which this person last judged the text, or last handed it in."""
        if is_own(self.person, self.document):
            is_open = bool(self.document.state_info.editors)
            return versions.last(self.document, self.events, Step.SUBMIT) if is_open else None
        return versions.last_decision(self.person, self.document, self.events)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything on the page."""
        return super().get_context_data(
            document=self.document,
            crumbs=self._crumbs(),
            steps=steps(self.document, self.person, self.events, self._withdrawn()),
            standing=self._standing(),
            editions=[(e, self._on_editions[e.number]) for e in self.editions],
            events=[
                (event, remarks.may_read(self.person, self.document, event))
                for event in self.events[-3:][::-1]
            ],
            joint=together.standing(self.document, self.events),
            limit=self._limit(),
            told_when_late=status.told_when_late(self.document),
            named=named_words.shown(self.document, self.person, self.events),
            exceptions=exception_words.current(self.document, self.events),
            nobody=self._nobody(),
            is_behind=moving.may_move(self.document, self.person)
            and moving.is_behind(self.document),
            may_put_on_agenda=ADMINISTRATION in self.person.roles,
            may_write=self.access == Access.WRITE,
            is_own=is_own(self.person, self.document),
            **self._text(),
            **self._bar(),
            **kwargs,
        )

    def _limit(self) -> status.Due | None:
        """Until when it should go on from here; one query."""
        return status.limit(with_limits(Document.objects.filter(pk=self.document.pk)).get())

    def _nobody(self) -> list[str]:
        """Which step nobody can take, for the office that waits for it; a query or two."""
        waits = any(way.decides for way in self.document.workflow.leaving(self.document.state))
        if not waits or not is_own(self.person, self.document):
            return []
        if exceptions.pending(self.events):
            return []
        vacant = granting.vacancies(self.document)
        said = _("„%(step)s“ kann zurzeit niemand, der nicht selbst beteiligt ist.")
        return [said % {"step": vacancy.way.label} for vacancy in vacant]

    def _crumbs(self) -> list[dict[str, str]]:
        document_type = self.document.type
        url = reverse("dokumente:liste", args=[document_type.key])
        return [{"url": url, "label": str(document_type.label_plural)}]

    def _withdrawn(self) -> Edition | None:
        """The current Fassung, if it is withdrawn."""
        return next((e for e in self.editions if e.is_current and e.is_withdrawn), None)

    def _standing(self) -> str:
        """Who has it, for those who do not read the present text."""
        holder = status.holder(self.document)
        if self.access >= Access.READ:
            return ""
        if self.access == Access.SNAPSHOT:
            offices = ", ".join(office.name for office in self.document.offices.all())
            said = _("%(offices)s überarbeitet den Text. Sie sehen, was zuletzt eingereicht war.")
            return said % {"offices": offices}
        said = _("Der Stand ist „%(state)s“.") % {"state": self.document.state_info.label}
        return f"{said} " + (_("Das Dokument liegt %(h)s.") % {"h": holder} if holder else "")

    def _text(self) -> dict[str, Any]:
        if self.content is None:
            return {"comparison": None}
        base, mode = self._base()
        seen = remarks.may_see(self.person, self.document)
        threads = remarks.threads(self.document) if seen else []
        comparison = compared(self.content, base, threads)
        loose = [t for t in threads if not t.remark.part_key]
        return {
            "comparison": comparison,
            "mode": mode,
            "base": base,
            "views": self._views(mode),
            "looked_at": self.looked_at,
            "since": self._since(comparison, base),
            "threads": threads,
            "loose": loose,
            "unsettled": comparison.unsettled + [t for t in loose if not t.is_settled],
            "may_note": remarks.may_note(self.person, self.document),
            "may_answer": remarks.may_answer(self.person, self.document),
            "sees_remarks": seen,
        }

    def _base(self) -> tuple[Content | None, str]:
        """What the text is compared with, and the name of that view."""
        asked = self.request.GET.get("ansicht", "")
        numbers = {f"fassung-{edition.number}": edition.number for edition in self.editions}
        if asked in numbers:
            event = versions.publication(self.document, self.events, numbers[asked])
            if event:
                return versions.at(self.document, event), asked
        looked = self.looked_at
        if asked != "ganz" and looked and self._has_other_text(looked):
            return versions.at(self.document, looked), "aenderungen"
        return None, "ganz"

    def _has_other_text(self, event: Event) -> bool:
        shown = self.content.event if self.content else None
        return event.digest != (shown.digest if shown else self.document.digest)

    def _views(self, mode: str) -> list[View]:
        looked = self.looked_at
        has_changed = looked is not None and self._has_other_text(looked)
        choices = [("aenderungen", _("Nur Änderungen"))] if has_changed else []
        choices.append(("ganz", _("Ganzer Text")))
        if self.document.state_info.final or not self.editions:
            shown = self.editions[1:]
        else:
            shown = self.editions
        choices += [
            (f"fassung-{e.number}", _("Gegen Fassung %(n)d") % {"n": e.number}) for e in shown[:3]
        ]
        if len(choices) == 1:
            return []
        return [View(label, f"?ansicht={key}", key == mode) for key, label in choices]

    def _since(self, comparison: Comparison, base: Content | None) -> str:
        """How much changed since when, in a sentence."""
        if base is None or base.event is None:
            if self.looked_at and self.request.GET.get("ansicht") != "ganz":
                return _("Seit %(when)s ist nichts geändert.") % {"when": self._when()}
            return ""
        numbers = {"n": comparison.changed_count, "total": len(comparison.items)}
        if base.event.edition_number:
            since = _("Seit Fassung %(n)d") % {"n": base.event.edition_number}
        else:
            since = _("Seit %(when)s") % {"when": self._when()}
        return f"{since}: " + _("%(n)d von %(total)d Abschnitten geändert.") % numbers

    def _when(self) -> str:
        event = self.looked_at
        day = status.day(event.at) if event else ""
        if is_own(self.person, self.document):
            return _("der letzten Einreichung (%(day)s)") % {"day": day}
        return _("Ihrer letzten Entscheidung (%(day)s)") % {"day": day}

    @cached_property
    def _on_editions(self) -> dict[int, list[Offer]]:
        return offers_on(self.document, self.person, self.editions)

    def _bar(self) -> dict[str, Any]:
        """What may be done now, and the state of the text on which it would be decided."""
        parts = self.content.parts if self.content and not self.content.event else None
        if parts is None:
            parts = []
            digest = self.document.digest
        else:
            digest = document_digest(self.document, parts)
        made = offers(self.document, self.person, parts, digest)
        available = [offer for offer in made if offer.is_open]
        return {
            "digest": digest,
            "moment": versions.moment(self.document, self.events, digest),
            "decisions": sorted(
                (offer for offer in available if offer.decides), key=lambda o: o.way.primary
            ),
            "behalf": next((offer.behalf for offer in available if offer.behalf), ""),
            "ways": [offer for offer in available if not offer.decides],
            "explained": list(dict.fromkeys(r for offer in made for r in offer.reasons)),
            "blocked": [offer for offer in made if not offer.is_open],
        }
