"""Lists: the documents of a type, what waits at a desk, the rounds, the Fassungen."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin import status
from klk_workflow.admin.acting import named_words
from klk_workflow.admin.doors import PersonMixin, TypeMixin
from klk_workflow.admin.overview.desks import DESKS, Desk
from klk_workflow.admin.overview.list_filter import FilterForm
from klk_workflow.admin.overview.rounds import reported_type, round_of, running_period
from klk_workflow.admin.overview.tasks import at_desk
from klk_workflow.automation.limits import with_limits
from klk_workflow.content import finding
from klk_workflow.models import Document, Edition, Period
from klk_workflow.permissions import Access, visible
from klk_workflow.roles import MITGLIED, REDAKTION

PER_PAGE = 25


def paged(rows: Any, request: HttpRequest) -> Page[Any]:
    """The page of rows that the address asks for; a page there is not becomes the nearest."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))


class ListView(TypeMixin, WagtailAdminTemplateMixin, TemplateView):
    """The documents of a type that this person may know of."""

    template_name = "klk_workflow/admin/list/list.html"

    def get_page_title(self) -> str:
        """The type in the plural."""
        return str(self.document_type.label_plural)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of rows, the filter, and the way to begin one."""
        form = FilterForm(self.request.GET, document_type=self.document_type)
        page = paged(form.apply(self.rows()).order_by("-updated_at", "-pk"), self.request)
        names = named_words.names(page.object_list)
        return super().get_context_data(
            document_type=self.document_type,
            filter_form=form,
            page=page,
            rows=[(row, names.get(row.pk, ""), status.limit(row)) for row in page],
            may_begin=MITGLIED in self.person.roles and bool(self.person.seats),
            query=form.query,
            reports=[import_string(path) for path in self.document_type.reports],
            **kwargs,
        )

    def rows(self) -> "QuerySet[Document]":
        """Only what the one policy lets this person meet."""
        rows = visible(self.person, Access.STATUS).filter(type_key=self.document_type.key)
        return with_limits(rows).select_related("period").prefetch_related("offices")


class SearchView(PersonMixin, WagtailAdminTemplateMixin, TemplateView):
    """The documents this person may read, by the words in them."""

    template_name = "klk_workflow/admin/list/search.html"
    page_title = gettext_lazy("Dokumente suchen")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of documents with the words around the first hit."""
        if not self.person.roles:
            raise Http404
        text = self.request.GET.get("q", "").replace("\0", "").strip()[:200]
        asked = finding.needles(text)
        found = finding.find(self.person, text).select_related("period", "words")
        page = paged(found.prefetch_related("offices"), self.request)
        hits = [(document, finding.excerpt(document, asked)) for document in page]
        query = urlencode({"q": text})
        return super().get_context_data(text=text, page=page, hits=hits, query=query, **kwargs)


class DeskView(PersonMixin, WagtailAdminTemplateMixin, TemplateView):
    """All that waits at a desk; 404 for those who do not sit there."""

    template_name = "klk_workflow/admin/list/desk.html"
    kwargs: dict[str, Any]

    @cached_property
    def desk(self) -> Desk:
        """The desk of the address."""
        desk = next((desk for desk in DESKS if desk.key == self.kwargs["desk"]), None)
        if desk is None or not desk.is_for(self.person):
            raise Http404
        return desk

    def get_page_title(self) -> str:
        """What one does here."""
        return str(self.desk.label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The same lines as on the start page, all of them."""
        tasks = sorted(at_desk(self.person, self.desk, limit=200), key=lambda task: task.urgency)
        return super().get_context_data(**{**kwargs, "desk": self.desk, "tasks": tasks})


class RoundView(PersonMixin, WagtailAdminTemplateMixin, TemplateView):
    """Sixteen tiles, one glance; beside it what needs care."""

    template_name = "klk_workflow/admin/rounds/round.html"
    kwargs: dict[str, Any]

    @cached_property
    def period(self) -> Period:
        """The period of the address, or the one that is running; before the first, the first."""
        if not self.person.roles:
            raise Http404
        if "slug" in self.kwargs:
            return get_object_or_404(Period, slug=self.kwargs["slug"])
        period = running_period() or Period.objects.order_by("opens").first()
        if period is None:
            raise Http404
        return period

    def get_page_title(self) -> str:
        """Type and period."""
        document_type = reported_type()
        label = document_type.label_plural if document_type else _("Runde")
        return f"{label}, {self.period.label}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The round, and the others to go to."""
        show_all = "alle" in self.request.GET
        found = round_of(self.period, self.person)
        return super().get_context_data(
            round=found,
            show_all=show_all,
            rows=(found.tiles if show_all else found.needing_care) if found else [],
            periods=Period.objects.all()[:8],
            **kwargs,
        )


class EditionsView(PersonMixin, WagtailAdminTemplateMixin, TemplateView):
    """All Fassungen, for those who withdraw one and show it again."""

    template_name = "klk_workflow/admin/list/editions.html"
    page_title = gettext_lazy("Fassungen")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of Fassungen, newest first."""
        if REDAKTION not in self.person.roles:
            raise Http404
        rows = Edition.objects.defer("html", "json").order_by("-published_at", "-pk")
        return super().get_context_data(page=paged(rows, self.request), **kwargs)
