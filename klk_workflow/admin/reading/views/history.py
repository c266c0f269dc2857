"""What happened to a document, how it was at each point, and what changed between two."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin import status
from klk_workflow.admin.doors import DocumentMixin
from klk_workflow.admin.reading import versions
from klk_workflow.admin.reading.choosing import VersionsForm, words
from klk_workflow.admin.reading.review import compared
from klk_workflow.admin.reading.timeline import FilterForm, Timeline
from klk_workflow.content.digest import document_digest
from klk_workflow.content.taking_up import take_up
from klk_workflow.models import Document, Event
from klk_workflow.permissions import Access
from klk_workflow.refusals import Refused


class HistoryView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """The timeline, newest first: who, in which role, what, with which words, on which content."""

    template_name = "klk_workflow/admin/history/history.html"
    needs = Access.STATUS

    def get_page_title(self) -> str:
        """Whose history."""
        return _("Verlauf: %(title)s") % {"title": self.document.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of what happened, narrowed as asked, and the form to compare two versions."""
        form = FilterForm(self.request.GET)
        timeline = Timeline(self.document, self.person, form.chosen())
        return super().get_context_data(
            document=self.document,
            page=timeline.page(self.request.GET.get("p")),
            filter_form=form,
            query=form.query,
            versions_form=VersionsForm.preset(self.document, self.person),
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
        readable = versions.readable(self.person, self.document)
        return get_object_or_404(readable, seq=self.kwargs["seq"])

    def get_page_title(self) -> str:
        """Which document, and of when."""
        return _("%(title)s, Stand vom %(when)s") % {
            "title": self.document.title,
            "when": status.day_and_time(self.event.at),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The text of then, its neighbours, and the form to compare it with another."""
        texts = versions.distinct(versions.readable(self.person, self.document), self.document)
        content = versions.at(self.document, self.event)
        return super().get_context_data(
            document=self.document,
            event=self.event,
            comparison=compared(content),
            lost=content.lost,
            may_take_up=self.access == Access.WRITE and self.event.digest != self.document.digest,
            earlier=texts.filter(seq__lt=self.event.seq).exclude(digest=self.event.digest).last(),
            later=texts.filter(seq__gt=self.event.seq).first(),
            versions_form=VersionsForm.preset(self.document, self.person, self.event),
            crumbs=[*crumbs(self.document), history_crumb(self.document)],
            **kwargs,
        )


class TakeUpView(StandView):
    """Take the text of an Event into the working copy, after a question."""

    template_name = "klk_workflow/admin/history/take_up.html"
    needs = Access.WRITE

    def get_page_title(self) -> str:
        """The question."""
        return _("Diesen Text als neuen Entwurf übernehmen?")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What would change in the working copy, and what would not fit."""
        kwargs = super().get_context_data(**kwargs)
        then, now = versions.at(self.document, self.event), versions.now(self.document)
        return kwargs | {
            "comparison": compared(then, now),
            "name": words(self.document, then),
            "digest": document_digest(self.document, now.parts),
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Do it, and say what had no place; or say what stands against it."""
        seen = request.POST.get("seen_digest", "")
        try:
            lost = take_up(self.document, self.event, by=request.user, seen_digest=seen)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        messages.success(
            request, _("Der Text ist übernommen. Was vorher hier stand, finden Sie im Verlauf.")
        )
        for item in lost:
            said = _("Nicht übernommen, weil es dafür keinen Platz mehr gibt: %(what)s")
            messages.warning(request, said % {"what": f"{item.where} ({item.name}): {item.words}"})
        return redirect("dokumente:schreiben", self.document.pk)


class CompareView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """What changed between two versions or Fassungen; 404 where one is not open to the person."""

    template_name = "klk_workflow/admin/history/compare.html"
    needs = Access.STATUS

    def get_page_title(self) -> str:
        """Whose versions."""
        return _("Vergleich: %(title)s") % {"title": self.document.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The newer text with its marks, in one column or in two."""
        form = VersionsForm(self.document, self.person, self.request.GET)
        if not form.is_valid():
            raise Http404
        old, new = form.contents()
        return super().get_context_data(
            document=self.document,
            versions_form=form,
            old_name=words(self.document, old),
            new_name=words(self.document, new),
            comparison=compared(new, old),
            in_two=form.in_two,
            lost=[*old.lost, *new.lost],
            crumbs=[*crumbs(self.document), history_crumb(self.document)],
            **kwargs,
        )


def crumbs(document: Document) -> list[dict[str, str]]:
    """The way back to the document."""
    url = reverse("dokumente:lesen", args=[document.pk])
    return [{"url": url, "label": document.title}]


def history_crumb(document: Document) -> dict[str, str]:
    """The way back to the history."""
    return {"url": reverse("dokumente:verlauf", args=[document.pk]), "label": _("Verlauf")}
