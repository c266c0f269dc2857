"""Reading a document, and deciding on it."""

from typing import Any

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from django.views.generic import TemplateView

from klk_workflow.admin.views.base import DocumentMixin
from klk_workflow.files import internal_links
from klk_workflow.rendering import render_parts


class ReadView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """The text as it is now, with what this person may do."""

    template_name = "klk_workflow/admin/read.html"

    def get_page_title(self) -> str:
        """The document's title."""
        return self.document.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rendered parts."""
        parts = self.document.parts()
        links = internal_links(self.document)
        return super().get_context_data(
            document=self.document,
            text=render_parts(self.document, parts, links),
            **kwargs,
        )
