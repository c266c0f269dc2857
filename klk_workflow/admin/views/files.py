"""Files of a document, for those who may read it."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views import View

from klk_workflow.admin.views.base import DocumentMixin


class FileView(DocumentMixin, View):
    """One private file by its SHA-256; pictures in the page, everything else as a download."""

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        """Send the bytes, never cached by anybody between."""
        file = get_object_or_404(self.document.files, sha256=kwargs["sha256"])
        response = FileResponse(
            file.file.open("rb"),
            as_attachment=not file.is_picture,
            filename=file.name,
            content_type=file.mime,
        )
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response
