"""Pages that explain: the roles, and one's own office."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.administration.role_words import explained
from klk_workflow.admin.doors import PersonMixin
from klk_workflow.models import Office


class RolesView(PersonMixin, WagtailAdminTemplateMixin, TemplateView):
    """Who may do what; everybody may know it."""

    template_name = "klk_workflow/admin/roles.html"
    page_title = _("Rollen und Rechte")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The roles in words, and who reads what in which state."""
        return super().get_context_data(person=self.person, **explained(), **kwargs)


class OfficeView(PersonMixin, WagtailAdminTemplateMixin, TemplateView):
    """The offices one belongs to, and who else does."""

    template_name = "klk_workflow/admin/office.html"
    page_title = _("Meine Stelle")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The offices with their people."""
        offices = Office.objects.filter(pk__in=self.person.office_ids)
        return super().get_context_data(
            person=self.person,
            offices=offices.prefetch_related("memberships__user"),
            **kwargs,
        )
