"""Moving a document to the newest workflow and outline: first what would change, then the step."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.doors import DocumentMixin
from klk_workflow.permissions import Access
from klk_workflow.refusals import Refused
from klk_workflow.workflows import moving
from klk_workflow.workflows.moving import Plan


class MoveDocumentView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """For the office and the Administration; 404 for everybody else."""

    template_name = "klk_workflow/admin/act/moving.html"
    needs = Access.STATUS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Look at who it is before anything else happens."""
        self.request, self.kwargs = request, kwargs
        if not moving.may_move(self.document, self.person):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """What is done here."""
        return _("Auf die neueste Fassung umstellen")

    @cached_property
    def plan(self) -> Plan | None:
        """What would change."""
        return moving.plan(self.document)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Do what was shown."""
        shown = [request.POST.get(name, "") for name in ("workflow", "outline")]
        seen = [int(number) if number.isdecimal() else 0 for number in shown]
        try:
            moving.move(self.document, by=self.person, seen=(seen[0], seen[1]))
        except Refused as refusal:
            context = self.get_context_data(refusal=refusal)
            return self.render_to_response(context, status=409)
        messages.success(request, _("Das Dokument ist umgestellt."))
        return redirect("dokumente:lesen", self.document.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The plan in words."""
        url = reverse("dokumente:lesen", args=[self.document.pk])
        plan = self.plan
        is_other = plan is not None and plan.workflow.version != self.document.workflow_version
        return super().get_context_data(
            document=self.document,
            plan=plan,
            is_other_workflow=is_other,
            crumbs=[{"url": url, "label": self.document.title}],
            **kwargs,
        )
