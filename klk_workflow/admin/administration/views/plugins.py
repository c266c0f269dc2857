"""The control panel of plugins, for the administration."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.doors import AdministrationMixin
from klk_workflow.extending import isolation, panel, remains, switches


class PluginsView(AdministrationMixin, WagtailAdminTemplateMixin, TemplateView):
    """Every plugin: whose, which types, how it is; what was left out, what is left behind."""

    template_name = "klk_workflow/admin/plugins.html"
    page_title = gettext_lazy("Erweiterungen")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows."""
        return super().get_context_data(
            rows=panel.rows(), left_out=panel.left_out(), orphans=remains.orphans(), **kwargs
        )


class SwitchView(AdministrationMixin, View):
    """Switch a plugin on or off."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, app_label: str) -> HttpResponse:
        """`an` in the form says which."""
        if app_label not in {app.label for app in isolation.plugin_apps()}:
            raise Http404
        is_on = request.POST.get("an") == "1"
        switches.switch(app_label, is_on=is_on, by=self.person.name)
        said = (
            _("„%(name)s“ ist angeschaltet.")
            if is_on
            else _("„%(name)s“ ist abgeschaltet. Veröffentlichtes bleibt lesbar.")
        )
        messages.success(request, said % {"name": apps.get_app_config(app_label).verbose_name})
        return redirect("dokumente:erweiterungen")
