"""The start page."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from home import tiles
from home.cache import EDITIONS, PAGES
from home.models.base import PublicPage, spoken
from home.models.current import EventIndexPage, EventPage, NewsIndexPage
from home.models.material import MaterialIndexPage, MaterialPage
from klk_workflow import reading

HEADLINE = "Koordiniert.\nKooperativ.\nInterdisziplinär."
LEAD = (
    "Wir sind die Koordinierungsstellen der 16 Länder. Wir bringen Polizei, Beratung, Gesundheit, "
    "Justiz und Jugendhilfe zusammen, damit Schutz vor häuslicher Gewalt überall gelingt."
)


class HomePage(PublicPage):
    """Who this is, where help is, where my material is, what my Land does."""

    headline = models.TextField(_("Überschrift"), default=HEADLINE, max_length=120)
    lead = models.TextField(_("Einleitung"), default=LEAD, max_length=400)
    aside_title = models.CharField(_("Kasten: Überschrift"), max_length=80, blank=True)
    aside_text = RichTextField(_("Kasten: Text"), blank=True, features=["bold", "link"])

    found_as = "seite"
    template = "home/pages/home.html"
    max_count = 1
    parent_page_types = [Page]
    subpage_types = [
        "home.StandardPage",
        "home.MaterialIndexPage",
        "home.NewsIndexPage",
        "home.EventIndexPage",
        "home.PersonalSupportPage",
    ]
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("aside_title"),
        FieldPanel("aside_text"),
    ]

    class Meta:
        verbose_name = _("Startseite")
        verbose_name_plural = _("Startseiten")

    def made_of(self) -> list[str]:
        """Of any Edition and any page of the website."""
        return [EDITIONS, PAGES]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the map of the first document type, materials, events and lists."""
        types = reading.public_types()
        lists = self.get_children().live().type(EventIndexPage, NewsIndexPage)
        materials = MaterialPage.objects.live().filter(picture__isnull=False, **spoken())
        materials = materials.select_related("picture").prefetch_related("picture__renditions")
        by_model = {page.cached_content_type.model_class(): page for page in lists}
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "tile_map": tiles.latest_editions(types[0]) if types else None,
            "materials": materials.order_by("-first_published_at", "title")[:3],
            "events": EventPage.upcoming()[:3],
            "event_index": by_model.get(EventIndexPage),
            "news_index": by_model.get(NewsIndexPage),
            "material_indexes": MaterialIndexPage.objects.child_of(self).live(),
        }
