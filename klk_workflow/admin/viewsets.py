"""Offices and periods: what the administration keeps, with Wagtail's own pages."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from klk_workflow.admin.office_forms import OfficeForm, PeriodForm
from klk_workflow.admin.rule_forms import RuleForm, WebhookForm
from klk_workflow.admin.views.keeping import UnusedDeleteView
from klk_workflow.models import Office, Period, Rule, Webhook


class OfficeViewSet(ModelViewSet):
    """The offices and who belongs to them."""

    model = Office
    icon = "home"
    menu_label = _("Stellen")
    menu_name = "stellen"
    menu_order = 210
    add_to_admin_menu = True
    url_prefix = "stellen"
    delete_view_class = UnusedDeleteView
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
    delete_view_class = UnusedDeleteView
    copy_view_enabled = False
    list_display = ["label", "opens", "due"]
    ordering = ["-year", "-half"]
    add_to_reference_index = False

    def get_form_class(self, for_update: bool = False) -> type[PeriodForm]:  # noqa: ARG002
        """Our own form."""
        return PeriodForm


class RuleViewSet(ModelViewSet):
    """What else shall happen when something happens."""

    model = Rule
    icon = "cogs"
    menu_label = _("Regeln")
    menu_name = "regeln"
    menu_order = 240
    add_to_admin_menu = True
    url_prefix = "regeln"
    copy_view_enabled = False
    list_display = ["name", Column("get_deed_display", label=_("Dann")), BooleanColumn("is_active")]
    ordering = ["name"]
    add_to_reference_index = False

    def get_form_class(self, for_update: bool = False) -> type[RuleForm]:  # noqa: ARG002
        """Our own form."""
        return RuleForm


class WebhookViewSet(ModelViewSet):
    """The programs that are told of Events."""

    model = Webhook
    icon = "link"
    menu_label = _("Programme")
    menu_name = "programme"
    menu_order = 250
    add_to_admin_menu = True
    url_prefix = "programme"
    copy_view_enabled = False
    list_display = ["name", "url", BooleanColumn("is_active")]
    ordering = ["name"]
    add_to_reference_index = False

    def get_form_class(self, for_update: bool = False) -> type[WebhookForm]:  # noqa: ARG002
        """Our own form."""
        return WebhookForm


VIEWSETS: Final = [
    OfficeViewSet("stellen"),
    PeriodViewSet("zeitraeume"),
    RuleViewSet("regeln"),
    WebhookViewSet("programme"),
]
