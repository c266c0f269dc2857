"""A table that a type offers beside its list, such as all measures of all plans."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from wagtail.admin.views.reports import ReportView

from klk_workflow.models import Document
from klk_workflow.people import Person, person_for
from klk_workflow.permissions import visible
from klk_workflow.workflows.definition import Text


class Report(ReportView):
    """Wagtail's report, with paging and export, at an address below the type's list.

    A subclass says `slug`, `page_title`, `columns`, `list_export`, and its rows in
    `get_queryset()`, which asks `documents` for those that the person may read.
    """

    slug: ClassVar[str]
    page_title: ClassVar[Text]
    type_key = ""
    header_icon = "table"
    is_searchable = False

    @cached_property
    def person(self) -> Person:
        """Who asks."""
        return person_for(self.request.user)

    @property
    def documents(self) -> "QuerySet[Document]":
        """The documents of the type that this person may read."""
        return visible(self.person).filter(type_key=self.type_key)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """For those with a role in the conference; PermissionDenied for anybody else."""
        if not person_for(request.user).roles:
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer
