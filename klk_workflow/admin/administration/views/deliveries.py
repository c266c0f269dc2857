"""The log of messages to programs, for the administration."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.doors import AdministrationMixin
from klk_workflow.admin.overview.views import paged
from klk_workflow.automation import webhooks
from klk_workflow.models import Delivery
from klk_workflow.registry import registry


class DeliveriesView(AdministrationMixin, WagtailAdminTemplateMixin, TemplateView):
    """Every message, newest first: to whom, about what, and what was answered.

    Left out is what concerns documents whose plugin is gone: nothing can word it.
    """

    template_name = "klk_workflow/admin/deliveries.html"
    page_title = gettext_lazy("Nachrichtenprotokoll")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of rows."""
        keys = [kind.key for kind in registry]
        rows = Delivery.objects.filter(event__document__type_key__in=keys)
        rows = rows.select_related("webhook", "event__document")
        return super().get_context_data(
            page=paged(rows, self.request), most=len(webhooks.WAITS), **kwargs
        )


class SendAgainView(AdministrationMixin, View):
    """Let the worker try a message once more."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """With the next round of the worker."""
        row = get_object_or_404(Delivery.objects.select_related("webhook"), pk=pk, sent_at=None)
        webhooks.send_again(row)
        said = _("Die Nachricht an „%(name)s“ wird in der nächsten Minute noch einmal gesendet.")
        messages.success(request, said % {"name": row.webhook.name})
        return redirect("dokumente:nachrichten")
