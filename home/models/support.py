"""Pages for people who live through violence themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from home.models.base import BodyPage, PublicPage


class PersonalSupportPage(BodyPage):
    """Help for those affected. Its title in browser and history tells nothing of what it is about,
    the numbers to call stand first, the way out is large.
    """

    lead = models.TextField(_("Einleitung"), blank=True, max_length=400)

    template = "home/pages/support.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*PublicPage.content_panels, FieldPanel("lead"), *BodyPage.body_panels]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("Hilfeseite für Betroffene")
        verbose_name_plural = _("Hilfeseiten für Betroffene")
