"""Meetings and their agendas, for everybody with a role; the administration puts documents on."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.doors import DocumentMixin, PersonMixin
from klk_workflow.admin.overview.views import paged
from klk_workflow.models import Meeting
from klk_workflow.models.meeting import put_on_agenda
from klk_workflow.permissions import Access, visible
from klk_workflow.roles import ADMINISTRATION


class MeetingsMixin(PersonMixin):
    """For everybody with a role; 404 for the rest."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Look at the roles first."""
        self.request = request
        if not self.person.roles:
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class MeetingsView(MeetingsMixin, WagtailAdminTemplateMixin, TemplateView):
    """All meetings, and which is next."""

    template_name = "klk_workflow/admin/meetings/list.html"
    page_title = gettext_lazy("Sitzungen")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of them."""
        return super().get_context_data(
            next=Meeting.next(),
            page=paged(Meeting.objects.all(), self.request),
            keeps=ADMINISTRATION in self.person.roles,
            **kwargs,
        )


class AgendaView(MeetingsMixin, WagtailAdminTemplateMixin, TemplateView):
    """A meeting with its agenda; it prints well."""

    template_name = "klk_workflow/admin/meetings/agenda.html"
    kwargs: dict[str, Any]

    @cached_property
    def meeting(self) -> Meeting:
        """The meeting of the address."""
        return get_object_or_404(Meeting, pk=self.kwargs["meeting_pk"])

    def get_page_title(self) -> str:
        """What it is called."""
        return self.meeting.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The items; a document by its title only for those who may know of it."""
        items = list(self.meeting.items.select_related("document"))
        numbers = [item.document_id for item in items if item.document_id]
        known = visible(self.person, Access.STATUS).filter(pk__in=numbers)
        known_numbers = set(known.values_list("pk", flat=True))
        return super().get_context_data(
            meeting=self.meeting,
            items=[(item, item.document_id in known_numbers) for item in items],
            keeps=ADMINISTRATION in self.person.roles,
            **kwargs,
        )


class PutOnAgendaView(DocumentMixin, View):
    """Put a document on the next agenda; only the administration, which keeps it."""

    needs = Access.STATUS
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """On it comes, or it is there already."""
        if ADMINISTRATION not in self.person.roles:
            raise Http404
        item = put_on_agenda(self.document)
        if item is None:
            messages.info(request, _("Das Dokument steht schon auf der Tagesordnung."))
        elif item.meeting:
            said = _("Das Dokument steht auf der Tagesordnung: %(meeting)s.")
            messages.success(request, said % {"meeting": item.meeting.title})
        else:
            messages.success(request, _("Es kommt auf die Tagesordnung der nächsten Sitzung."))
        return redirect("dokumente:lesen", self.document.pk)
