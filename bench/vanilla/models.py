"""A page as Wagtail's tutorial makes it."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page


class VanillaPage(Page):
    """A title and rich text."""

    body = StreamField([("text", blocks.RichTextBlock())], blank=True)
    content_panels = [*Page.content_panels, FieldPanel("body")]


class VanillaReport(Page):
    """The shape of a report: sections as rows of their own, edited in an inline panel."""

    content_panels = [*Page.content_panels, InlinePanel("sections")]


class VanillaSection(Orderable):
    """One section of a report."""

    page = ParentalKey(VanillaReport, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField(max_length=200)
    visibility = models.CharField(max_length=10, default="public")
    body = StreamField([("text", blocks.RichTextBlock())], blank=True)
    panels = [FieldPanel("title"), FieldPanel("visibility"), FieldPanel("body")]
