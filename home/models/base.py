"""What all pages of the website have in common."""

from functools import cache
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from home.blocks import BodyBlock, anchor_of
from home.cache import mark_public

STANDARD = ""
VARIETIES = {
    STANDARD: _("Standardsprache"),
    "de-simple": _("Leichte Sprache"),
    "gsg": _("Deutsche Gebärdensprache"),
}


def spoken() -> dict[str, str | None]:
    """The filter for pages in the language that is spoken now."""
    return {"locale__language_code": get_language()}


@cache
def _locale(pk: int) -> Locale:
    """A language of the site; there are two, and they stay what they are."""
    return Locale.objects.get(pk=pk)


class PublicPage(RoutablePageMixin, Page):
    """A page that anybody may read and that the page cache may keep.

    `found_as` is the kind under which the search lists it; empty for a kind of its own.
    """

    found_as = ""

    class Meta:
        abstract = True

    def get_url_parts(self, request: HttpRequest | None = None) -> Any:
        """Know the language, with which an address begins, without asking for it each time."""
        if self.locale_id and "locale" not in self._state.fields_cache:
            self.locale = _locale(self.locale_id)
        return super().get_url_parts(request)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer as Wagtail does, below the page's address too, and let the answer be kept."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return mark_public(request, response, of=self.made_of())

    def made_of(self) -> list[str]:
        """What this page shows, for the page cache: itself, unless it is a list."""
        return [f"page:{self.pk}"]


class BodyPage(PublicPage):
    """A page with text, and with a notice above it where one is needed."""

    notice = models.CharField(
        _("Hinweis über dem Text"),
        max_length=200,
        blank=True,
        help_text=_("Zum Beispiel: „Beispieltext – keine Angaben einer Koordinierungsstelle.“"),
    )
    body = StreamField(BodyBlock(), verbose_name=_("Text"), blank=True)
    variety = models.CharField(
        _("Sprachform"), max_length=10, choices=VARIETIES, default=STANDARD, blank=True
    )
    variant_of = models.ForeignKey(
        "self",
        verbose_name=_("Andere Sprachform von"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="variants",
        help_text=_("Die beiden Seiten verweisen dann aufeinander."),
    )

    body_panels = [FieldPanel("notice"), FieldPanel("body")]
    settings_panels = [
        *PublicPage.settings_panels,
        MultiFieldPanel([FieldPanel("variety"), FieldPanel("variant_of")], _("Sprachform")),
    ]

    class Meta:
        abstract = True

    @cached_property
    def other_varieties(self) -> list[Any]:
        """The same in plain, in easy or in sign language: each published page but this one."""
        original = self.variant_of or self
        others = [original, *original.variants.live().order_by("variety")]
        return [page for page in others if page.live and page.pk != self.pk]

    @property
    def toc(self) -> list[dict[str, str]]:
        """The headings of the text and their anchors."""
        headings = [block.value for block in self.body if block.block_type == "heading"]
        return [{"anchor": anchor_of(title), "title": title} for title in headings]
