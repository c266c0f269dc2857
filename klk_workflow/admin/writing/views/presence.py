"""Who else is writing here: asked by the script of the writing page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from klk_workflow.admin.doors import DocumentMixin
from klk_workflow.admin.writing import presence
from klk_workflow.admin.writing.progress import Progress
from klk_workflow.permissions import Access

#: Longer than any address of a writing page.
_LONGEST = 200


class PresenceView(DocumentMixin, View):
    """POST says that the page named in `here` is open, or with `gone` that it was closed.

    Only those who may write the document now meet it: everybody else gets 404.
    """

    needs = Access.WRITE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Answer with who else is there, as the page shows it."""
        here = request.POST.get("here", "")[:_LONGEST]
        if "gone" in request.POST:
            presence.leave(self.document, self.person, here)
            return HttpResponse(status=204)
        presence.note(self.document, self.person, here)
        progress = Progress(self.document, self.person, here)
        return render(request, "klk_workflow/admin/writing/_others.html", {"progress": progress})
