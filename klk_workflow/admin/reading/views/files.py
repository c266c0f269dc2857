"""Files of a document, for those who may read the text that shows them."""

from collections.abc import Iterable
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseGone
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views import View

from klk_workflow.admin.doors import DocumentMixin
from klk_workflow.admin.reading import versions
from klk_workflow.models import Part
from klk_workflow.permissions import Access, is_own


class FileView(DocumentMixin, View):
    """One private file by its SHA-256; pictures in the page, everything else as a download.

    The office gets all files of its document, everybody else those of a text that is open to
    them: of now, or with `?stand=n` of the Event with this number.
    """

    needs = Access.STATUS

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse | HttpResponseGone:  # noqa: ARG002
        """Send the bytes, never cached by anybody between."""
        file = get_object_or_404(self.document.files, sha256=kwargs["sha256"])
        if not self._is_open(file.sha256):
            raise Http404
        if file.is_removed:
            return HttpResponseGone(_("Diese Datei ist gesperrt."), "text/plain")
        response = FileResponse(
            file.file.open("rb"),
            as_attachment=not file.is_picture,
            filename=file.name,
            content_type=file.mime,
        )
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def _is_open(self, sha256: str) -> bool:
        if is_own(self.person, self.document):
            return True
        if "stand" in self.request.GET:
            return _shows(self._parts_then(self.request.GET["stand"]), sha256)
        return self.access >= Access.READ and _shows(self.document.parts(), sha256)

    def _parts_then(self, seq: str) -> list[Part]:
        number = int(seq) if seq.isdecimal() else 0
        event = versions.readable(self.person, self.document).filter(seq=number).first()
        return versions.at(self.document, event).parts if event else []


def _shows(parts: Iterable[Part], sha256: str) -> bool:
    return any(sha256 in part.file_digests() for part in parts)
