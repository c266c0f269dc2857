"""Publications, practice guides and training materials, and the pages that list them."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
)
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from home import cite, facets, files
from home.blocks import FilesBlock
from home.cache import PAGES
from home.fields import KeysField, labels
from home.models.base import BodyPage, PublicPage
from home.vocabularies import (
    LANGUAGES,
    LICENCE_URLS,
    LICENCES,
    MEDIA,
    METHODS,
    PROFESSIONS,
    TOPICS,
    land_choices,
)
from klk_workflow import reading

PER_PAGE = 20


#: What a list can be for, by model: only pages of that kind are made below it.
KINDS = [
    ("publicationpage", _("Publikationen")),
    ("guidepage", _("Arbeitshilfen")),
    ("trainingpage", _("Fortbildungen")),
]


def this_year() -> int:
    """When a material most likely appeared; without it no draft could be kept."""
    return timezone.localdate().year


class MaterialIndexPage(PublicPage):
    """A list of materials, to be narrowed down."""

    lead = models.TextField(_("Einleitung"), blank=True, max_length=400)
    holds = models.CharField(
        _("Was hier steht"),
        max_length=20,
        blank=True,
        choices=KINDS,
        help_text=_("Ohne Angabe können hier alle drei Arten stehen."),
    )

    found_as = "seite"
    template = "home/pages/material_index.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.PublicationPage", "home.GuidePage", "home.TrainingPage"]
    content_panels = [*PublicPage.content_panels, FieldPanel("lead"), FieldPanel("holds")]

    class Meta:
        verbose_name = _("Materialliste")
        verbose_name_plural = _("Materiallisten")

    def made_of(self) -> list[str]:
        """Of any page of the website."""
        return [PAGES]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the facets and one screenful of materials."""
        materials = MaterialPage.objects.child_of(self).live()
        choice = facets.Choice.from_query(request.GET, facets.MATERIAL)
        chosen = materials.filter(choice.condition()).order_by("-first_published_at", "title")
        chosen = chosen.select_related("picture").prefetch_related("picture__renditions")
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "facets": facets.count(materials, choice),
            "choice": choice,
            "materials": Paginator(chosen, PER_PAGE).get_page(request.GET.get("seite")),
        }


class MaterialPage(BodyPage):
    """What publications, guides and trainings have in common. Editors make one of those three."""

    summary = models.TextField(_("Worum es geht"), max_length=300)
    professions = KeysField(_("Für wen"), vocabulary=PROFESSIONS, blank=True)
    topics = KeysField(_("Themen"), vocabulary=TOPICS, blank=True)
    land = models.CharField(
        _("Land"),
        max_length=2,
        blank=True,
        choices=land_choices,
        db_index=True,
        help_text=_("Leer lassen, wenn es für alle Länder gilt."),
    )
    medium = models.CharField(_("Art"), max_length=20, choices=MEDIA, default="arbeitshilfe")
    language = models.CharField(_("Sprache"), max_length=10, choices=LANGUAGES, default="de")
    year = models.PositiveSmallIntegerField(_("Jahr"), default=this_year)
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
    part_of = models.ForeignKey(
        "home.MaterialPage",
        verbose_name=_("Teil von"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parts",
    )

    is_creatable = False
    parent_page_types = ["home.MaterialIndexPage"]
    subpage_types: list[str] = []
    template = "home/pages/material.html"
    content_panels = [*PublicPage.content_panels, FieldPanel("summary"), *BodyPage.body_panels]
    content_panels += [
        FieldPanel("files"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Titelbild")),
        MultiFieldPanel([FieldPanel("professions"), FieldPanel("topics")], _("Einordnung")),
        FieldRowPanel([FieldPanel("medium"), FieldPanel("land"), FieldPanel("language")]),
        FieldRowPanel([FieldPanel("year"), FieldPanel("licence")]),
        FieldPanel("part_of"),
        MultipleChooserPanel(
            "related_materials", chooser_field_name="target", label=_("Siehe auch")
        ),
    ]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("land"),
        index.FilterField("medium"),
        index.FilterField("language"),
        index.FilterField("year"),
    ]

    class Meta:
        verbose_name = _("Material")
        verbose_name_plural = _("Materialien")

    @classmethod
    def can_exist_under(cls, parent: Any) -> bool:
        """On a list of its kind, or of all kinds."""
        if not super().can_exist_under(parent):
            return False
        holds: str = parent.specific.holds
        return not holds or holds == cls._meta.model_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what lists say about the files, so that no list has to open them."""
        self.files_line = files.line(self.all_files)
        super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add how this is cited."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"citation": cite.material(self)}

    @path("paket/", name="all_files")
    def pack(self, _request: HttpRequest) -> FileResponse:
        """All files of this material in one."""
        if not self.has_several_files:
            raise Http404
        return FileResponse(
            files.pack(self.all_files), as_attachment=True, filename=f"{self.slug}.zip"
        )

    @property
    def all_files(self) -> list[Any]:
        """The values of all file blocks, of every kind of file this page has."""
        return [block.value for block in self.files]

    @property
    def has_several_files(self) -> bool:
        """Whether one package is a help."""
        return len(self.all_files) > 1

    @cached_property
    def published_parts(self) -> list["MaterialPage"]:
        """What belongs to this material and is published."""
        return list(self.parts.live().order_by("title"))

    @property
    def kind(self) -> str:
        """What this material is, in a word; asks the database nothing."""
        return str(self.cached_content_type.model_class()._meta.verbose_name)

    @property
    def land_name(self) -> str:
        """For which Land this is, in words."""
        return str(self.get_land_display() if self.land else _("alle Länder"))

    @property
    def land_slug(self) -> str:
        """The end of the Land's address."""
        return next((land.slug for land in reading.laender() if land.code == self.land), "")

    @property
    def licence_url(self) -> str:
        """Where the licence's text stands; empty if nothing is granted."""
        return LICENCE_URLS.get(self.licence, "")

    @cached_property
    def see_also(self) -> list["MaterialPage"]:
        """Related materials that are published, in the editors' order."""
        related = self.related_materials.select_related("target")
        return [entry.target for entry in related if entry.target.live]

    @property
    def profession_labels(self) -> list[str]:
        """Who this is for, in words."""
        return labels(PROFESSIONS, self.professions)

    @property
    def topic_labels(self) -> list[str]:
        """What this is about, in words."""
        return labels(TOPICS, self.topics)


class RelatedMaterial(Orderable):
    """Another material worth a look, under "Siehe auch"."""

    page = ParentalKey(MaterialPage, on_delete=models.CASCADE, related_name="related_materials")
    target = models.ForeignKey(
        MaterialPage, verbose_name=_("Material"), on_delete=models.CASCADE, related_name="+"
    )


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
    teaching = models.CharField(_("Kursform"), max_length=20, choices=METHODS, blank=True)
    group = models.CharField(_("Gruppe"), max_length=150, blank=True)
    trainer_files = StreamField(
        FilesBlock(),
        verbose_name=_("Für Kursleitungen"),
        blank=True,
        help_text=_("Ablaufplan, Folien, Übungen. Auch diese Dateien sind öffentlich."),
    )

    template = "home/pages/material.html"
    content_panels = [
        *MaterialPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("learning_goals"),
                FieldPanel("duration"),
                FieldPanel("teaching"),
                FieldPanel("group"),
                FieldPanel("trainer_files"),
            ],
            _("Fortbildung"),
        ),
    ]

    class Meta:
        verbose_name = _("Fortbildung")
        verbose_name_plural = _("Fortbildungen")

    @property
    def all_files(self) -> list[Any]:
        """Those for everybody, then those for trainers."""
        return [*super().all_files, *(block.value for block in self.trainer_files)]

    @property
    def goals(self) -> list[str]:
        """The learning goals, one by one."""
        return [line.strip() for line in self.learning_goals.splitlines() if line.strip()]
