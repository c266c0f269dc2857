"""Remarks beside the text: noted, answered, settled."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.doors import DocumentMixin
from klk_workflow.admin.reading import versions
from klk_workflow.content import remarks
from klk_workflow.models import Part, Remark
from klk_workflow.permissions import Access
from klk_workflow.refusals import NotAllowed, Refused


class RemarkView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """Takes a remark, an answer, or "erledigt"; what is refused comes back filled."""

    template_name = "klk_workflow/admin/read/remark.html"
    needs = Access.SNAPSHOT
    page_title = ""

    def get_page_title(self) -> str:
        """What this is about."""
        return _("Anmerkung zu: %(title)s") % {"title": self.document.title}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """There is no page of its own; the remarks stand beside the text."""
        return redirect("dokumente:lesen", self.document.pk)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Add the row and go back to it."""
        if not remarks.may_see(self.person, self.document):
            raise Http404
        try:
            row = self._add()
        except NotAllowed as refusal:
            return self._refused(refusal, 403)
        except Refused as refusal:
            return self._refused(refusal, 422)
        return redirect(self._back(row))

    def _add(self) -> Remark:
        text = self.request.POST.get("text", "")
        parent = self.request.POST.get("parent", "")
        if not parent:
            return remarks.note(self.document, self._part(), by=self.person, text=text)
        rows = Remark.objects.filter(document_id=self.document.pk, parent=None)
        remark = rows.filter(pk=parent).first() if parent.isdecimal() else None
        if remark is None:
            raise Http404
        remark.document = self.document
        if self.request.POST.get("art") == "erledigt":
            return remarks.settle(remark, by=self.person, text=text)
        return remarks.answer(remark, by=self.person, text=text)

    def _part(self) -> Part | None:
        """The part of the text that the person reads; None for the whole. 404 for any other."""
        key = self.request.POST.get("part_key", "")
        if not key or not self.request.POST.get("part_kind"):
            return None
        for part in self._parts():
            if (part.kind, part.key) == (self.request.POST["part_kind"], key):
                return part
        raise Http404

    def _parts(self) -> list[Part]:
        if self.access >= Access.READ:
            return self.document.parts()
        content = versions.submitted(self.document, list(self.document.events.order_by("seq")))
        return content.parts if content else []

    def _back(self, row: Remark) -> str:
        address = reverse("dokumente:lesen", args=[self.document.pk])
        return f"{address}#anmerkung-{row.parent_id or row.pk}"

    def _refused(self, refusal: Refused, status: int) -> HttpResponse:
        kept = {
            name: self.request.POST.get(name, "")
            for name in ("part_kind", "part_key", "parent", "art")
        }
        context = self.get_context_data(
            document=self.document,
            refusal=refusal,
            kept={name: value for name, value in kept.items() if value},
            text=self.request.POST.get("text", ""),
        )
        return self.render_to_response(context, status=status)
