"""Exceptions: asking for one where nobody can decide, and granting it."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.acting import exception_words
from klk_workflow.admin.doors import DocumentMixin
from klk_workflow.models import Event
from klk_workflow.permissions import Access
from klk_workflow.refusals import NotAllowed, Refused
from klk_workflow.workflows import exceptions, granting


class ExceptionView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """Who the office asks for, and what somebody else says to it."""

    template_name = "klk_workflow/admin/act/exception.html"
    needs = Access.STATUS

    def get_page_title(self) -> str:
        """What this is about."""
        return _("Ausnahme")

    @cached_property
    def events(self) -> list[Event]:
        """All that happened, in order."""
        return list(self.document.events.order_by("seq"))

    @cached_property
    def asked(self) -> Event | None:
        """What is asked for and not decided."""
        return exceptions.pending(self.events)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Ask or decide; what is refused comes back filled."""
        reason = request.POST.get("reason", "")
        try:
            said = self._decide(reason) if "entscheidung" in request.POST else self._ask(reason)
        except NotAllowed:
            raise Http404 from None
        except Refused as refusal:
            context = self.get_context_data(refusal=refusal, reason=reason)
            return self.render_to_response(context, status=409)
        messages.success(request, said)
        return redirect("dokumente:lesen", self.document.pk)

    def _ask(self, reason: str) -> str:
        chosen = [int(pk) for pk in self.request.POST.getlist("person") if pk.isdecimal()]
        action = self.request.POST.get("way", "")
        granting.ask(self.document, action, chosen, by=self.person, reason=reason)
        return _("Die Bitte ist abgeschickt. Die Administration wurde benachrichtigt.")

    def _decide(self, reason: str) -> str:
        if self.asked is None:
            raise Http404
        grants = self.request.POST["entscheidung"] == "gewaehren"
        granting.decide(self.document, self.asked, by=self.person, grants=grants, reason=reason)
        if grants:
            return _("Die Ausnahme ist gewährt. Die Stelle wurde benachrichtigt.")
        return _("Die Ausnahme ist nicht gewährt. Die Stelle wurde benachrichtigt.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What can be asked for, or decided, by this person."""
        asked = self.asked
        may_ask = granting.may_ask(self.document, self.person) and asked is None
        url = reverse("dokumente:lesen", args=[self.document.pk])
        return super().get_context_data(
            document=self.document,
            crumbs=[{"url": url, "label": self.document.title}],
            asked=exception_words.described(self.document, asked) if asked else None,
            may_decide=asked and granting.may_decide(self.document, self.person, asked),
            vacancies=granting.vacancies(self.document) if may_ask else [],
            may_ask=may_ask,
            chosen=self.request.POST.getlist("person"),
            **kwargs,
        )
