"""Offices and periods: what the administration keeps, with Wagtail's own pages."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from klk_workflow.admin.office_forms import OfficeForm, PeriodForm
from klk_workflow.models import Office, Period


class OfficeViewSet(ModelViewSet):
    """The offices and who belongs to them."""

    model = Office
    icon = "home"
    menu_label = _("Stellen")
    menu_name = "stellen"
    menu_order = 210
    add_to_admin_menu = True
    url_prefix = "stellen"
    copy_view_enabled = False
    list_display = ["name", Column("land_name", label=_("Land")), "kind"]
    list_filter = ["land", "kind"]
    search_fields = ["name", "carrier"]
    ordering = ["land", "name"]
    list_per_page = 50
    add_to_reference_index = False

    def get_form_class(self, for_update: bool = False) -> type[OfficeForm]:  # noqa: ARG002
        """Our own form."""
        return OfficeForm


class PeriodViewSet(ModelViewSet):
    """The reporting periods."""

    model = Period
    icon = "date"
    menu_label = _("Zeiträume")
    menu_name = "zeitraeume"
    menu_order = 220
    add_to_admin_menu = True
    url_prefix = "zeitraeume"
    copy_view_enabled = False
    list_display = ["label", "opens", "due"]
    ordering = ["-year", "-half"]
    add_to_reference_index = False

    def get_form_class(self, for_update: bool = False) -> type[PeriodForm]:  # noqa: ARG002
        """Our own form."""
        return PeriodForm


VIEWSETS: Final = [OfficeViewSet("stellen"), PeriodViewSet("zeitraeume")]
