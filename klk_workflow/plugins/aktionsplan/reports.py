"""All measures of all plans."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from klk_workflow.extending.report import Report
from klk_workflow.plugins.aktionsplan.models import Massnahme
from klk_workflow.workflows.definition import Text


class Measures(Report):
    """How far each measure is, as its plan says now."""

    slug = "massnahmen"
    page_title: ClassVar[Text] = _("Maßnahmen nach Stand")
    model = Massnahme
    columns: ClassVar[list[Any]] = [
        Column("title", label=_("Maßnahme")),
        Column("document", label=_("Aktionsplan")),
        Column("action_field_label", label=_("Handlungsfeld")),
        Column("responsible", label=_("Zuständig")),
        Column("status_label", label=_("Stand")),
    ]
    list_export: ClassVar[list[str]] = [
        "number",
        "title",
        "document",
        "action_field_label",
        "responsible",
        "first_year",
        "last_year",
        "status_label",
    ]
    export_headings: ClassVar[dict[str, Text]] = {
        "document": _("Aktionsplan"),
        "action_field_label": _("Handlungsfeld"),
        "status_label": _("Stand"),
    }

    def get_queryset(self) -> "QuerySet[Massnahme]":
        """State by state, plan by plan."""
        rows = Massnahme._default_manager.filter(document__in=self.documents)
        return rows.select_related("document").order_by("status", "document__title", "position")
