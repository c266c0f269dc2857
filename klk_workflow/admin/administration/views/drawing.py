"""How the documents of a type go their way: a picture, and the same as a table."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.doors import AdministrationMixin, TypeMixin
from klk_workflow.workflows import drawing


class DrawingView(AdministrationMixin, TypeMixin, WagtailAdminTemplateMixin, TemplateView):
    """The newest version of a type's workflow, or the one asked for."""

    template_name = "klk_workflow/admin/drawing.html"

    def get_page_title(self) -> str:
        """Of which type."""
        return _("Ablauf: %(type)s") % {"type": self.document_type.label}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Picture, table and the other versions there are."""
        flows = {str(flow.version): flow for flow in self.document_type.model.workflows}
        asked = self.request.GET.get("version", "")
        flow = flows.get(asked, self.document_type.workflow)
        url = reverse("dokumente:gliederungen")
        return super().get_context_data(
            workflow=flow,
            versions=sorted(flows, key=int) if len(flows) > 1 else [],
            picture=mark_safe(drawing.svg(flow, self.get_page_title())),  # noqa: S308 - escaped there
            rows=drawing.rows(flow),
            crumbs=[{"url": url, "label": _("Gliederungen")}],
            **kwargs,
        )
