"""What the editor sends besides its form: pictures, and text out of Word."""

from typing import Any, BinaryIO, cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views import View

from klk_workflow.admin.doors import DocumentMixin
from klk_workflow.admin.writing.word import Imported, from_docx, from_html
from klk_workflow.content.files import check_file, internal_links, store
from klk_workflow.models import Section
from klk_workflow.permissions import Access

#: Suffix that the upload of a text may have.
_TEXT = ".docx"


def _error(message: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=422)


class PictureView(DocumentMixin, View):
    """Take a picture into the document."""

    needs = Access.WRITE

    def post(self, request: HttpRequest, **kwargs: Any) -> JsonResponse:  # noqa: ARG002
        """Store it and say where it is; else why not, for the field."""
        upload = request.FILES.get("file")
        if upload is None:
            return _error(_("Bitte wählen Sie eine Datei aus."))
        try:
            file = store(self.document, upload, picture=True)
        except ValidationError as error:
            return _error(" ".join(error.messages))
        link = internal_links(self.document)[file.sha256]
        return JsonResponse({"sha256": file.sha256, "url": link.url, "name": link.name})


class WordView(DocumentMixin, View):
    """Turn pasted HTML or a Word file into blocks of a section."""

    needs = Access.WRITE

    def post(self, request: HttpRequest, **kwargs: Any) -> JsonResponse:  # noqa: ARG002
        """The blocks as the editor takes them, and what was left out."""
        before = request.POST.get("notes", "")
        notes = int(before) if before.isdecimal() else 0
        upload = request.FILES.get("file")
        if upload is None:
            return self.answer(from_html(request.POST.get("html", ""), notes_before=notes))
        if not (upload.name or "").lower().endswith(_TEXT):
            return _error(_("Hier gehen nur Word-Dateien mit der Endung .docx."))
        try:
            check_file(upload)
            return self.answer(from_docx(cast("BinaryIO", upload), notes_before=notes))
        except ValidationError as error:
            return _error(" ".join(error.messages))

    def answer(self, imported: Imported) -> JsonResponse:
        """Each block in the form in which the editor keeps it."""
        kinds = Section.body.field.stream_block.child_blocks
        blocks = [
            {"type": name, "value": kinds[name].get_form_state(kinds[name].normalize(value))}
            for name, value in imported.blocks
        ]
        return JsonResponse({"blocks": blocks, "left_out": imported.left_out})
