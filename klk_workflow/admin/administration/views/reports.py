"""The reports that document types bring along."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views import View

from klk_workflow.admin.doors import TypeMixin


class TypeReportView(TypeMixin, View):
    """Hand over to the report of this address; 404 if the type has none."""

    def dispatch(self, request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponse:
        """Find it by its slug."""
        self.request, self.kwargs = request, kwargs
        for report in map(import_string, self.document_type.reports):
            if report.slug == kwargs["report"]:
                answer: HttpResponse = report.as_view(type_key=self.document_type.key)(request)
                return answer
        raise Http404
