"""A page as Wagtail's tutorial makes it."""

from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page


class VanillaPage(Page):
    """A title and rich text."""

    body = StreamField([("text", blocks.RichTextBlock())], blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]
