"""Offices and periods: what the administration keeps, with Wagtail's own pages."""

from typing import Any, ClassVar, Final

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from klk_workflow.admin.administration.deputyship_forms import DeputyshipForm
from klk_workflow.admin.administration.meeting_forms import MEETING_PANELS
from klk_workflow.admin.administration.office_forms import OfficeForm, PeriodForm
from klk_workflow.admin.administration.rule_forms import RuleForm, WebhookForm
from klk_workflow.admin.administration.views.keeping import UnusedDeleteView
from klk_workflow.models import Deputyship, Meeting, Office, Period, Rule, Webhook


class KeptViewSet(ModelViewSet):
    """What the administration keeps: in the menu, with a form of our own, and never copied."""

    form_class: ClassVar[type[WagtailAdminModelForm]]
    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False

    def get_form_class(self, for_update: bool = False) -> type[WagtailAdminModelForm]:  # noqa: ARG002
        """The same form for a new one and for a change."""
        return self.form_class


class OfficeViewSet(KeptViewSet):
    """The offices and who belongs to them."""

    model = Office
    icon = "home"
    menu_label = _("Stellen")
    menu_name = "stellen"
    menu_order = 210
    url_prefix = "stellen"
    delete_view_class = UnusedDeleteView
    list_display = ["name", Column("land_name", label=_("Land")), "kind"]
    list_filter = ["land", "kind"]
    search_fields = ["name", "carrier"]
    ordering = ["land", "name"]
    list_per_page = 50
    form_class = OfficeForm


class PeriodViewSet(KeptViewSet):
    """The reporting periods."""

    model = Period
    icon = "date"
    add_to_admin_menu, add_to_settings_menu = False, True
    menu_label = _("Zeiträume")
    menu_name = "zeitraeume"
    menu_order = 220
    url_prefix = "zeitraeume"
    delete_view_class = UnusedDeleteView
    list_display = ["label", "opens", "due"]
    ordering = ["-year", "-half"]
    form_class = PeriodForm


class DeputyshipViewSet(KeptViewSet):
    """Who stands in for whom; what was is kept, and ends instead of being deleted."""

    model = Deputyship
    icon = "user"
    menu_label = _("Vertretungen")
    menu_name = "vertretungen"
    menu_order = 205
    url_prefix = "vertretungen"
    list_display = ["__str__", "begins", "ends", Column("standing", label=_("Stand"))]
    ordering = ["-ends", "-pk"]
    form_class = DeputyshipForm

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The list asks for the names of all at once."""
        rows = Deputyship.objects.select_related("represented", "deputy")
        found: dict[str, Any] = super().get_index_view_kwargs(**{"queryset": rows, **kwargs})
        return found


class MeetingViewSet(KeptViewSet):
    """Meetings with their agendas; the way here is on the pages where all read them."""

    model = Meeting
    icon = "calendar-check"
    add_to_admin_menu = False
    url_prefix = "sitzungen"
    list_display = ["title", "begins", "ends", "place"]
    ordering = ["-begins"]
    edit_handler = MEETING_PANELS

    def get_form_class(self, for_update: bool = False) -> type[WagtailAdminModelForm]:
        """The form that the panels make."""
        made: type[WagtailAdminModelForm] = super(KeptViewSet, self).get_form_class(for_update)
        return made


class RuleViewSet(KeptViewSet):
    """What else shall happen when something happens."""

    model = Rule
    icon = "cogs"
    add_to_admin_menu, add_to_settings_menu = False, True
    menu_label = _("Regeln")
    menu_name = "regeln"
    menu_order = 240
    url_prefix = "regeln"
    list_display = ["name", Column("get_deed_display", label=_("Dann")), BooleanColumn("is_active")]
    ordering = ["name"]
    form_class = RuleForm


class WebhookViewSet(KeptViewSet):
    """The programs that are told of Events."""

    model = Webhook
    icon = "link"
    add_to_admin_menu, add_to_settings_menu = False, True
    menu_label = _("Programme")
    menu_name = "programme"
    menu_order = 250
    url_prefix = "programme"
    list_display = ["name", "url", BooleanColumn("is_active")]
    ordering = ["name"]
    form_class = WebhookForm


VIEWSETS: Final = [
    OfficeViewSet("stellen"),
    PeriodViewSet("zeitraeume"),
    DeputyshipViewSet("vertretungen"),
    MeetingViewSet("sitzungen"),
    RuleViewSet("regeln"),
    WebhookViewSet("programme"),
]
