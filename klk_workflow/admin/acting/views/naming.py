"""Naming who takes a step of a document, or taking it over."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.acting import named_words
from klk_workflow.admin.doors import DocumentMixin
from klk_workflow.admin.reading.views.history import crumbs
from klk_workflow.people import Person
from klk_workflow.permissions import Access
from klk_workflow.refusals import NotAllowed, Refused
from klk_workflow.workflows import named, naming
from klk_workflow.workflows.definition import Transition


class NamingView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """GET asks who, POST names; 404 for whoever may neither name nor take it over."""

    template_name = "klk_workflow/admin/act/naming.html"
    needs = Access.STATUS

    @cached_property
    def way(self) -> Transition:
        """The step of the address; 404 if it does not start here or takes no name."""
        for way in naming.ways(self.document):
            if way.key == self.kwargs["action"]:
                return way
        raise Http404

    @cached_property
    def choices(self) -> list[Person]:
        """Whom the person can name: anybody able, or only oneself."""
        if naming.may_name(self.document, self.person, self.way):
            return naming.nameable(self.document, self.way)
        if naming.may_take_over(self.document, self.person, self.way):
            return [self.person]
        raise Http404

    def get_page_title(self) -> str:
        """What is asked."""
        return named_words.label(self.way)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Name somebody, or nobody; what is refused comes back filled."""
        typed = request.POST.get("person", "")
        chosen = int(typed) if typed.isdecimal() else None
        try:
            naming.name(self.document, self.way.key, chosen, by=self.person)
        except NotAllowed:
            raise Http404 from None
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(refusal=refusal), status=409)
        if chosen == self.person.user_id:
            messages.success(request, _("Sie übernehmen das."))
        elif chosen:
            messages.success(request, _("Festgelegt. Die benannte Person bekommt eine Nachricht."))
        else:
            messages.success(request, _("Es ist niemand mehr benannt."))
        return redirect("dokumente:lesen", self.document.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who can be named, and who is."""
        events = list(self.document.events.filter(round=self.document.round).order_by("seq"))
        present = named.person_for(self.way.key, events)
        return super().get_context_data(
            document=self.document,
            way=self.way,
            choices=self.choices,
            chosen=self.request.POST.get("person", str(present or "")),
            crumbs=crumbs(self.document),
            **kwargs,
        )
