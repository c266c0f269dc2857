"""Outlines: which there are, and the next version of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.administration.outline_forms import OutlineRows, initial_rows, save_next
from klk_workflow.admin.doors import AdministrationMixin, TypeMixin
from klk_workflow.models import Outline
from klk_workflow.registry import registry


class OutlinesView(AdministrationMixin, WagtailAdminTemplateMixin, TemplateView):
    """All outlines by type, newest first."""

    template_name = "klk_workflow/admin/outlines/list.html"
    page_title = gettext_lazy("Gliederungen")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The types with their outlines, and where each is used."""
        rows = list(Outline.objects.prefetch_related("periods"))
        return super().get_context_data(
            types=[(t, [row for row in rows if row.type_key == t.key]) for t in registry],
            **kwargs,
        )


class NewOutlineView(AdministrationMixin, TypeMixin, WagtailAdminTemplateMixin, TemplateView):
    """The next version of a type's outline, begun from the newest."""

    template_name = "klk_workflow/admin/outlines/form.html"

    def get_page_title(self) -> str:
        """Of which type."""
        return _("Neue Gliederung: %(type)s") % {"type": self.document_type.label}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """The rows of the newest outline."""
        newest = Outline.newest(self.document_type.key)
        return self._page(self._rows(newest))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Save it as the next version."""
        newest = Outline.newest(self.document_type.key)
        rows = self._rows(newest, request.POST)
        if not rows.is_valid():
            return self._page(rows, status=422)
        made = save_next(self.document_type.key, rows.sections())
        said = _("Gliederung %(n)d ist gespeichert.") % {"n": made.version}
        if self.document_type.by_period:
            said += " " + _("Wählen Sie sie beim nächsten Zeitraum aus.")
        messages.success(request, said)
        return redirect("dokumente:gliederungen")

    def _rows(self, newest: Outline | None, *data: Any) -> Any:
        form_class: Any = OutlineRows
        with_articles = self.document_type.with_articles
        return form_class(*data, initial=initial_rows(newest), with_articles=with_articles)

    def _page(self, rows: Any, status: int = 200) -> HttpResponse:
        url = reverse("dokumente:gliederungen")
        context = self.get_context_data(
            rows=rows,
            document_type=self.document_type,
            crumbs=[{"url": url, "label": _("Gliederungen")}],
        )
        return self.render_to_response(context, status=status)
