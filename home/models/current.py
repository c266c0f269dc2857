"""What happens: news and events, and the pages that list them."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.search import index

from home import calendar
from home.cache import PAGES
from home.fields import KeysField, labels
from home.models.base import BodyPage, PublicPage, spoken
from home.vocabularies import PROFESSIONS

PER_PAGE = 20


class CurrentIndexPage(PublicPage):
    """The one list of a kind of page that comes and goes, below the start page."""

    lead = models.TextField(_("Einleitung"), blank=True, max_length=400)

    found_as = "seite"
    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    content_panels = [*PublicPage.content_panels, FieldPanel("lead")]

    class Meta:
        abstract = True

    def made_of(self) -> list[str]:
        """Of any page of the website."""
        return [PAGES]


class NewsIndexPage(CurrentIndexPage):
    """All news, newest first."""

    template = "home/pages/news_index.html"
    subpage_types = ["home.NewsPage"]

    class Meta:
        verbose_name = _("Liste der Meldungen")
        verbose_name_plural = _("Listen der Meldungen")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one screenful of news."""
        news = NewsPage.objects.child_of(self).live().order_by("-on", "title")
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"news": Paginator(news, PER_PAGE).get_page(request.GET.get("seite"))}


class NewsPage(BodyPage):
    """One piece of news."""

    on = models.DateField(_("Datum"), default=timezone.localdate)
    summary = models.TextField(_("Worum es geht"), max_length=300)

    template = "home/pages/news.html"
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("on"),
        FieldPanel("summary"),
        *BodyPage.body_panels,
    ]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("Meldung")
        verbose_name_plural = _("Meldungen")


class EventIndexPage(CurrentIndexPage):
    """What is coming up, then what has been; all of it as a calendar to subscribe to."""

    template = "home/pages/event_index.html"
    subpage_types = ["home.EventPage"]

    class Meta:
        verbose_name = _("Liste der Termine")
        verbose_name_plural = _("Listen der Termine")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what is coming up, soonest first, and what has been, latest first."""
        events = EventPage.objects.child_of(self).live()
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        past = Paginator(events.exclude(EventPage.ahead()).order_by("-starts"), PER_PAGE)
        return context | {
            "upcoming": events.filter(EventPage.ahead()).order_by("starts"),
            "past": past.get_page(request.GET.get("seite")),
        }

    @path("kalender/", name="calendar")
    def calendar(self, _request: HttpRequest) -> HttpResponse:
        """All events for calendar programs."""
        events = EventPage.objects.child_of(self).live().order_by("starts")
        return calendar.answer(events, self.slug)


class EventPage(BodyPage):
    """A meeting, a conference, a course with a date."""

    summary = models.TextField(_("Worum es geht"), max_length=300)
    starts = models.DateTimeField(_("Beginn"))
    ends = models.DateTimeField(_("Ende"))
    place = models.CharField(
        _("Ort"),
        max_length=200,
        help_text=_("Auch „online“. Nie die Anschrift eines Frauenhauses."),
    )
    organiser = models.CharField(_("Wer lädt ein"), max_length=200, blank=True)
    registration = models.URLField(_("Anmeldung"), blank=True)
    professions = KeysField(_("Für wen"), vocabulary=PROFESSIONS, blank=True)
    is_cancelled = models.BooleanField(
        _("abgesagt"),
        default=False,
        help_text=_("Ein abgesagter Termin bleibt stehen, damit alle davon erfahren."),
    )

    template = "home/pages/event.html"
    parent_page_types = ["home.EventIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("is_cancelled"),
        MultiFieldPanel(
            [FieldPanel("place"), FieldPanel("organiser"), FieldPanel("registration")],
            _("Wo und mit wem"),
        ),
        FieldPanel("professions"),
        *BodyPage.body_panels,
    ]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.SearchField("place"),
    ]

    class Meta:
        verbose_name = _("Termin")
        verbose_name_plural = _("Termine")

    def clean(self) -> None:
        """Refuse an end before the beginning."""
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("Das Ende liegt vor dem Beginn.")})

    @path("kalender/", name="calendar")
    def calendar(self, _request: HttpRequest) -> HttpResponse:
        """This event for a calendar program."""
        return calendar.answer([self], self.slug)

    @staticmethod
    def ahead(now: datetime | None = None) -> Q:
        """Events that are not over."""
        return Q(ends__gte=now or timezone.now())

    @classmethod
    def upcoming(cls) -> "QuerySet[EventPage]":
        """What is coming up and takes place, soonest first."""
        found = cls.objects.live().filter(cls.ahead(), is_cancelled=False, **spoken())
        return found.order_by("starts")  # type: ignore[no-any-return]

    @cached_property
    def is_one_day(self) -> bool:
        """Whether it begins and ends on the same day in Germany."""
        return timezone.localdate(self.starts) == timezone.localdate(self.ends)

    @property
    def is_online(self) -> bool:
        """Whether there is no place to go to."""
        return self.place.strip().lower() == "online"

    @property
    def profession_labels(self) -> list[str]:
        """Who this is for, in words."""
        return labels(PROFESSIONS, self.professions)
