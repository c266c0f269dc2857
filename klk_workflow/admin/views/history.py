"""What happened to a document, and how it was at each point."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin import status, versions
from klk_workflow.admin.review import compared
from klk_workflow.admin.views.base import DocumentMixin
from klk_workflow.models import Event
from klk_workflow.permissions import Access

PER_PAGE = 25


class HistoryView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """The Events, newest first: who, in which role, what, with which words, on which content."""

    template_name = "klk_workflow/admin/history/history.html"
    needs = Access.STATUS

    def get_page_title(self) -> str:
        """Whose history."""
        return _("Verlauf: %(title)s") % {"title": self.document.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of Events, and at which the content is open to the person."""
        rows = self.document.events.select_related("name").order_by("-seq")
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        events = list(self.document.events.order_by("seq"))
        open_at = {e.pk for e in page if versions.may_see(self.person, self.document, e, events)}
        return super().get_context_data(
            document=self.document,
            page=page,
            entries=[(event, event.pk in open_at) for event in page],
            crumbs=crumbs(self.document),
            **kwargs,
        )


class StandView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """The content as it was at an Event; 404 where it is not open to the person."""

    template_name = "klk_workflow/admin/history/stand.html"
    needs = Access.STATUS

    @cached_property
    def event(self) -> Event:
        """The Event of the address."""
        event = get_object_or_404(self.document.events, seq=self.kwargs["seq"])
        events = list(self.document.events.order_by("seq"))
        if not versions.may_see(self.person, self.document, event, events):
            raise Http404
        return event

    def get_page_title(self) -> str:
        """Which document, and of when."""
        return _("%(title)s, Stand vom %(when)s") % {
            "title": self.document.title,
            "when": status.day_and_time(self.event.at),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The text of then."""
        return super().get_context_data(
            document=self.document,
            event=self.event,
            comparison=compared(versions.at(self.document, self.event)),
            crumbs=[
                *crumbs(self.document),
                {
                    "url": reverse("dokumente:verlauf", args=[self.document.pk]),
                    "label": _("Verlauf"),
                },
            ],
            **kwargs,
        )


def crumbs(document: Any) -> list[dict[str, str]]:
    """The way back to the document."""
    url = reverse("dokumente:lesen", args=[document.pk])
    return [{"url": url, "label": document.title}]
