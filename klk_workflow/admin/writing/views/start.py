"""Beginning a document, and deleting one that was never submitted."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.doors import DocumentMixin, PersonMixin, TypeMixin
from klk_workflow.deletion.papierkorb import KEPT, bring_back, delete_draft, deleted
from klk_workflow.forms import easy_days
from klk_workflow.permissions import Access, access
from klk_workflow.refusals import NotAllowed, Refused
from klk_workflow.roles import MITGLIED

PER_PAGE = 25


class StartView(TypeMixin, WagtailAdminTemplateMixin, TemplateView):
    """Which document shall be begun? A second one of the same key leads to the first."""

    template_name = "klk_workflow/admin/writing/start.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Members of an office only."""
        self.kwargs = kwargs
        if MITGLIED not in self.person.roles or not self.person.seats:
            refusal = _("Beginnen können dies nur Mitglieder einer Koordinierungsstelle.")
            context = self.get_context_data(refusal=refusal, document_type=self.document_type)
            return self.render_to_response(context, status=403)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """The form."""
        return self.page(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Begin, or lead to what was begun before."""
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            document, created = form.save()
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            return self.page(form, status=403)
        if created:
            return redirect("dokumente:schreiben", document.pk)
        messages.info(
            request,
            _("Den gibt es schon: „%(title)s“ wurde bereits begonnen. Hier geht es weiter.")
            % {"title": document.title},
        )
        may_write = access(self.person, document) == Access.WRITE
        return redirect(
            "dokumente:schreiben" if may_write else "dokumente:lesen",
            document.pk,
        )

    def make_form(self, *args: Any) -> Any:
        """The type's form for starting one."""
        form = import_string(self.document_type.start_form)(*args, person=self.person)
        easy_days(form)
        return form

    def page(self, form: Any, status: int = 200) -> HttpResponse:
        """The page with this form."""
        context = self.get_context_data(form=form, document_type=self.document_type)
        return self.render_to_response(context, status=status)

    def get_page_title(self) -> str:
        """What is begun here."""
        return _("%(label)s beginnen") % {"label": self.document_type.label}


class DeleteView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """Delete a draft that was never submitted, after a question."""

    template_name = "klk_workflow/admin/writing/confirm.html"
    needs = Access.WRITE

    def get_page_title(self) -> str:
        """The question."""
        return _("Entwurf löschen?")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What goes, and how long it can be brought back."""
        question = _(
            "„%(title)s“ wird mit allem, was darin steht, gelöscht. %(days)d Tage lang lässt sich "
            "der Entwurf aus dem Papierkorb zurückholen. Neu begonnen werden kann sofort."
        )
        return super().get_context_data(
            question=question % {"title": self.document.title, "days": KEPT.days},
            is_possible=not self.document.event_count,
            obstacle=_("Was einmal eingereicht war, wird nicht gelöscht."),
            yes=_("Entwurf löschen"),
            back_url=reverse("dokumente:schreiben", args=[self.document.pk]),
            document=self.document,
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Delete it, or say why not."""
        try:
            delete_draft(self.document, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("dokumente:lesen", self.document.pk)
        said = _("„%(title)s“ ist gelöscht und liegt noch %(days)d Tage im Papierkorb.")
        messages.success(request, said % {"title": self.document.title, "days": KEPT.days})
        return redirect("wagtailadmin_home")


class PapierkorbView(PersonMixin, WagtailAdminTemplateMixin, TemplateView):
    """The deleted drafts of the person's offices, each with the way back."""

    template_name = "klk_workflow/admin/list/papierkorb.html"
    page_title = gettext_lazy("Papierkorb")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Members of an office only."""
        if MITGLIED not in self.person.roles:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of them."""
        page = Paginator(deleted(self.person), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(page=page, days=KEPT.days, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Bring one back, or say why not."""
        pk = request.POST.get("dokument", "")
        try:
            document = bring_back(int(pk) if pk.isdecimal() else 0, by=request.user)
        except NotAllowed as refusal:
            raise Http404 from refusal
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("dokumente:papierkorb")
        messages.success(request, _("„%(title)s“ ist wieder da.") % {"title": document.title})
        return redirect("dokumente:schreiben", document.pk)
