"""Locking content: one page to ask, one on which a second person decides."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.acting.removal_forms import DecisionForm, RemovalForm
from klk_workflow.admin.doors import DocumentMixin, PersonMixin
from klk_workflow.admin.reading.views.history import crumbs
from klk_workflow.deletion import removal, takeout
from klk_workflow.models import Document, EventName, Removal
from klk_workflow.permissions import Access, access
from klk_workflow.refusals import Refused


class AskView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """Ask for a removal; 404 for whoever meets neither the document nor its Fassungen here."""

    template_name = "klk_workflow/admin/removals/ask.html"
    page_title = gettext_lazy("Inhalt sperren")

    def meets(self, document: Document) -> bool:
        """Whether the person may ask."""
        return removal.may_ask(self.person, document) is not None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """The form; with `?fassung=n` that one is ticked."""
        return self.page(self._form(initial={"editions": [request.GET.get("fassung")]}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Ask; what is refused comes back filled."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        said = form.cleaned_data
        try:
            made = removal.ask(self.document, by=self.person, files=said.pop("digests", ()), **said)
        except Refused as refusal:
            return self.page(form, status=409, refusal=refusal)
        done = _("Die Sperrung ist vorgeschlagen. Eine zweite Person muss sie bestätigen.")
        messages.success(request, done)
        return redirect("dokumente:sperrung", made.pk)

    def _form(self, *args: Any, **kwargs: Any) -> RemovalForm:
        reads = self.access >= Access.READ
        return RemovalForm(*args, document=self.document, reads=reads, **kwargs)

    def page(self, form: RemovalForm, status: int = 200, **more: Any) -> HttpResponse:
        """The page with this form."""
        context = self.get_context_data(
            form=form,
            document=self.document,
            crumbs=crumbs(self.document) if self.access > Access.NONE else [],
            **more,
        )
        return self.render_to_response(context, status=status)


class RemovalView(PersonMixin, WagtailAdminTemplateMixin, TemplateView):
    """One request: what it would take out, and the second person's decision."""

    template_name = "klk_workflow/admin/removals/removal.html"
    kwargs: dict[str, Any]

    @cached_property
    def removal(self) -> Removal:
        """The request of the address; 404 for whoever may neither confirm nor asked."""
        rows = Removal.objects.select_related("document")
        found = get_object_or_404(rows, pk=self.kwargs["removal_pk"])
        self.may_confirm = removal.may_confirm(self.person, found) is not None
        is_own = self.person.user_id == found.asked_by
        if not self.may_confirm and not (is_own and self._may_ask(found)):
            raise Http404
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Look the request up before anything else happens."""
        self.request, self.kwargs = request, kwargs
        _ = self.removal
        return super().dispatch(request, *args, **kwargs)

    def _may_ask(self, found: Removal) -> bool:
        return removal.may_ask(self.person, found.document.specific) is not None

    def get_page_title(self) -> str:
        """What it is about."""
        return _("Sperrung bestätigen") if self.may_confirm else _("Vorgeschlagene Sperrung")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """What would go."""
        return self.page(DecisionForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Confirm with `tun=sperren`; anything else leaves it as it is."""
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            if request.POST.get("tun") == "sperren":
                removal.confirm(self.removal, by=self.person)
                said = _("Der Inhalt ist gesperrt. Denken Sie an das, was wir nicht erreichen.")
            else:
                removal.decline(self.removal, by=self.person, reason=form.cleaned_data["reason"])
                said = _("Es bleibt alles, wie es ist.")
        except Refused as refusal:
            return self.page(form, status=409, refusal=refusal)
        messages.success(request, said)
        return redirect("dokumente:sperrung", self.removal.pk)

    def page(self, form: DecisionForm, status: int = 200, **more: Any) -> HttpResponse:
        """The request with all that it would hit now."""
        own = Removal.objects.select_related("document").get(pk=self.removal.pk)
        document = own.document.specific
        asked = document.events.filter(at=own.asked_at, actor_id=own.asked_by).first()
        is_met = access(self.person, document) > Access.NONE
        context = self.get_context_data(
            form=form,
            removal=own,
            document=document,
            asked=asked,
            asked_by=EventName.objects.filter(event=asked).first(),
            may_confirm=self.may_confirm,
            crumbs=crumbs(document) if is_met else [],
            places=takeout.places(document, own) if own.is_open else None,
            elsewhere=takeout.elsewhere(document, own) if own.is_open else [],
            **more,
        )
        return self.render_to_response(context, status=status)
