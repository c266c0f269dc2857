"""The receipt of a submission, and the page where receipts are checked."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.doors import DocumentMixin, PersonMixin
from klk_workflow.evidence import receipts
from klk_workflow.models import Event
from klk_workflow.permissions import Access, access


class ReceiptView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """What was submitted when by whom, to be printed; 404 for other Events."""

    template_name = "klk_workflow/admin/receipts/receipt.html"
    needs = Access.STATUS

    @cached_property
    def event(self) -> Event:
        """The submission of the address."""
        event = get_object_or_404(self.document.events, seq=self.kwargs["seq"])
        if not receipts.gives(self.document, event):
            raise Http404
        return event

    def get_page_title(self) -> str:
        """What it is a receipt for."""
        return _("Beleg: %(title)s") % {"title": self.document.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The lines, and the same as text to be kept."""
        return super().get_context_data(
            document=self.document,
            lines=receipts.lines(self.document, self.event),
            text=receipts.as_text(self.document, self.event),
            **kwargs,
        )


class ReceiptForm(forms.Form):
    """A receipt, pasted."""

    receipt = forms.CharField(
        label=gettext_lazy("Beleg"),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        max_length=5000,
        help_text=gettext_lazy("Der ganze Text des Belegs, oder nur das Kettenende (64 Zeichen)."),
        error_messages={"required": gettext_lazy("Bitte fügen Sie den Beleg ein.")},
    )


class CheckView(PersonMixin, WagtailAdminTemplateMixin, TemplateView):
    """Whether a receipt is real, for everybody with a role."""

    template_name = "klk_workflow/admin/receipts/check.html"
    page_title = gettext_lazy("Beleg prüfen")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The conference checks its own receipts."""
        if not self.person.roles:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """The empty form."""
        return self.render_to_response(self.get_context_data(form=ReceiptForm()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """The answer. Of a document the person does not meet, no more than was pasted."""
        form = ReceiptForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        checked = receipts.check(form.cleaned_data["receipt"])
        meets = checked and access(self.person, checked.document) >= Access.STATUS
        context = self.get_context_data(form=form, is_done=True, checked=checked, meets=meets)
        return self.render_to_response(context)
