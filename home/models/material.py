"""Publications, practice guides and training materials, and the pages that list them."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from home import facets, files
from home.blocks import FilesBlock
from home.fields import KeysField, labels
from home.models.base import BodyPage, PublicPage
from home.vocabularies import LICENCES, METHODS, PROFESSIONS, TOPICS

PER_PAGE = 20


class MaterialIndexPage(PublicPage):
    """A list of materials, to be narrowed down by profession and topic."""

    lead = models.TextField(_("Einleitung"), blank=True, max_length=400)

    template = "home/pages/material_index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.PublicationPage", "home.GuidePage", "home.TrainingPage"]
    content_panels = [*PublicPage.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("Materialliste")
        verbose_name_plural = _("Materiallisten")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the facets and one screenful of materials."""
        materials = MaterialPage.objects.child_of(self).live()
        choice = facets.Choice.from_query(request.GET)
        chosen = materials.filter(choice.condition()).order_by("-first_published_at", "title")
        chosen = chosen.select_related("picture").prefetch_related("picture__renditions")
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "facets": facets.count(materials.values_list("professions", "topics"), choice),
            "choice": choice,
            "materials": Paginator(chosen, PER_PAGE).get_page(request.GET.get("seite")),
        }


class MaterialPage(BodyPage):
    """What publications, guides and trainings have in common. Editors make one of those three."""

    summary = models.TextField(_("Worum es geht"), max_length=300)
    professions = KeysField(_("Für wen"), vocabulary=PROFESSIONS, blank=True)
    topics = KeysField(_("Themen"), vocabulary=TOPICS, blank=True)
    year = models.PositiveSmallIntegerField(_("Jahr"))
    licence = models.CharField(
        _("Nutzungsrechte"), max_length=20, choices=LICENCES, default="alle-rechte"
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("Titelbild"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("Was auf dem Titelbild zu sehen ist"),
        max_length=200,
        blank=True,
        help_text=_("Leer lassen, wenn das Bild nur schmückt."),
    )
    files = StreamField(FilesBlock(), verbose_name=_("Dateien"), blank=True)
    files_line = models.CharField(max_length=120, blank=True, editable=False)

    is_creatable = False
    parent_page_types = ["home.MaterialIndexPage"]
    subpage_types: list[str] = []
    template = "home/pages/material.html"
    content_panels = [*PublicPage.content_panels, FieldPanel("summary"), *BodyPage.body_panels]
    content_panels += [
        FieldPanel("files"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Titelbild")),
        MultiFieldPanel([FieldPanel("professions"), FieldPanel("topics")], _("Einordnung")),
        FieldRowPanel([FieldPanel("year"), FieldPanel("licence")]),
    ]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("Material")
        verbose_name_plural = _("Materialien")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what lists say about the files, so that no list has to open them."""
        self.files_line = files.line(block.value for block in self.files)
        super().save(*args, **kwargs)

    @property
    def kind(self) -> str:
        """What this material is, in a word; asks the database nothing."""
        return str(self.cached_content_type.model_class()._meta.verbose_name)

    @property
    def profession_labels(self) -> list[str]:
        """Who this is for, in words."""
        return labels(PROFESSIONS, self.professions)

    @property
    def topic_labels(self) -> list[str]:
        """What this is about, in words."""
        return labels(TOPICS, self.topics)


class PublicationPage(MaterialPage):
    """A publication of the conference or of one of its offices."""

    publisher = models.CharField(_("Herausgegeben von"), max_length=200, blank=True)

    template = "home/pages/material.html"
    content_panels = [*MaterialPage.content_panels, FieldPanel("publisher")]

    class Meta:
        verbose_name = _("Publikation")
        verbose_name_plural = _("Publikationen")


class GuidePage(MaterialPage):
    """A practice guide for one or several professions."""

    template = "home/pages/material.html"

    class Meta:
        verbose_name = _("Arbeitshilfe")
        verbose_name_plural = _("Arbeitshilfen")


class TrainingPage(MaterialPage):
    """Training material: what one learns, how long it takes, for how many."""

    learning_goals = models.TextField(
        _("Was man danach kann"), blank=True, help_text=_("Ein Lernziel je Zeile.")
    )
    duration = models.CharField(_("Dauer"), max_length=100, blank=True)
    method = models.CharField(_("Kursform"), max_length=20, choices=METHODS, blank=True)
    group = models.CharField(_("Gruppe"), max_length=150, blank=True)

    template = "home/pages/material.html"
    content_panels = [
        *MaterialPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("learning_goals"),
                FieldPanel("duration"),
                FieldPanel("method"),
                FieldPanel("group"),
            ],
            _("Fortbildung"),
        ),
    ]

    class Meta:
        verbose_name = _("Fortbildung")
        verbose_name_plural = _("Fortbildungen")

    @property
    def goals(self) -> list[str]:
        """The learning goals, one by one."""
        return [line.strip() for line in self.learning_goals.splitlines() if line.strip()]
