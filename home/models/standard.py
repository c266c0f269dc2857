"""Pages of text that are no material: what the conference is, how it works."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from home.models.base import BodyPage, PublicPage


class StandardPage(BodyPage):
    """A page of text."""

    lead = models.TextField(_("Einleitung"), blank=True, max_length=400)

    template = "home/pages/standard.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    content_panels = [*PublicPage.content_panels, FieldPanel("lead"), *BodyPage.body_panels]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("Seite")
        verbose_name_plural = _("Seiten")
