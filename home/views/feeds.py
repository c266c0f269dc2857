"""What is new, as Atom (RFC 4287), of everything or of one kind, Land, profession or topic.

The identity of an entry is an address that never changes. A withdrawn Fassung gets an entry of its
own words instead of silently staying what it was.
"""

from dataclasses import dataclass
from datetime import datetime, time
from operator import attrgetter
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from home import conf, facets
from home.cache import EDITIONS, PAGES, mark_public
from home.models import MaterialPage, NewsPage
from home.vocabularies import PROFESSIONS, TOPICS
from klk_workflow import reading

ENTRIES = 30
NEWS = "meldungen"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to follow; an empty text stands for everything."""

    kind: str = ""
    land: str = ""
    profession: str = ""
    topic: str = ""

    @classmethod
    def from_request(cls, request: HttpRequest) -> "Wish":
        """Read the address; a word that is in no vocabulary counts as no wish."""
        types = {public_type.slug for public_type in reading.public_types()}
        known = {
            "kind": ("art", types | set(_kinds_of_material()) | {NEWS}),
            "land": ("land", {land.code for land in reading.laender()}),
            "profession": ("beruf", PROFESSIONS.keys()),
            "topic": ("thema", TOPICS.keys()),
        }
        said = {field: request.GET.get(name, "") for field, (name, _known) in known.items()}
        return cls(**{field: word for field, word in said.items() if word in known[field][1]})

    @property
    def is_for_professionals(self) -> bool:
        """Whether only materials know the answer."""
        return bool(self.profession or self.topic)


@dataclass(frozen=True)
class Entry:
    """One entry of the feed."""

    key: str
    title: str
    url: str
    summary: str
    first: datetime
    changed: datetime
    kind: str
    land: str = ""


class Latest(Feed):  # type: ignore[type-arg]
    """The newest entries of what was wished for."""

    feed_type = Atom1Feed
    link = "/"

    def get_object(self, request: HttpRequest) -> Wish:
        """Take the wish from the address."""
        return Wish.from_request(request)

    def title(self, wish: Wish) -> str:
        """Name the site, and what was wished for."""
        said = [
            str(label)
            for label in (
                _kind_label(wish.kind),
                _land_label(wish.land),
                PROFESSIONS.get(wish.profession),
                TOPICS.get(wish.topic),
            )
            if label
        ]
        return " · ".join(["KLK", *(said or [_("Neu veröffentlicht")])])

    def author_name(self) -> str:
        """Who answers for it."""
        return conf.operator().name

    def items(self, wish: Wish) -> list[Entry]:
        """The newest entries; the number of queries is the same for any number of them."""
        found = [*_editions(wish), *_materials(wish), *_messages(wish)]
        return sorted(found, key=attrgetter("changed"), reverse=True)[:ENTRIES]

    def item_title(self, item: Entry) -> str:
        """Its title as plain text."""
        return item.title

    def item_description(self, item: Entry) -> str:
        """What it is about."""
        return item.summary

    def item_link(self, item: Entry) -> str:
        """Where it stands."""
        return item.url

    def item_guid(self, item: Entry) -> str:
        """Its identity for ever."""
        return item.key

    def item_pubdate(self, item: Entry) -> datetime:
        """When it came out."""
        return item.first

    def item_updateddate(self, item: Entry) -> datetime:
        """When it last changed."""
        return item.changed

    def item_categories(self, item: Entry) -> list[str]:
        """Its kind, and its Land if it has one."""
        return [word for word in (item.kind, _land_label(item.land)) if word]


def latest(request: HttpRequest) -> HttpResponse:
    """Answer with the feed; kept like any public page."""
    return mark_public(request, Latest()(request), of=[EDITIONS, PAGES])


def _editions(wish: Wish) -> list[Entry]:
    types = {public_type.slug: public_type.key for public_type in reading.public_types()}
    if wish.is_for_professionals or (wish.kind and wish.kind not in types):
        return []
    found = reading.recent(type_key=types.get(wish.kind), land=wish.land or None)
    return [
        Entry(
            key=edition.permanent_address,
            title=_edition_title(edition),
            url=edition.permanent_url(),
            summary=edition.withdrawn_reason if edition.is_withdrawn else edition.summary,
            first=edition.published_at,
            changed=edition.changed_at,
            kind=edition.type_label,
            land=edition.land,
        )
        for edition in found[:ENTRIES]
    ]


def _edition_title(edition: Any) -> str:
    values = {"title": edition.title, "n": edition.number}
    if edition.is_withdrawn:
        return _("Zurückgezogen: %(title)s, Fassung %(n)d") % values
    return _("%(title)s, Fassung %(n)d") % values


def _materials(wish: Wish) -> list[Entry]:
    if wish.kind and wish.kind not in _kinds_of_material():
        return []
    pages = MaterialPage.objects.live().public()
    if wish.kind:
        pages = pages.type(_kinds_of_material()[wish.kind])
    if wish.land:
        pages = pages.filter(land=wish.land)
    if wish.profession:
        pages = pages.filter(facets.PROFESSION.condition(wish.profession))
    if wish.topic:
        pages = pages.filter(facets.TOPIC.condition(wish.topic))
    return [
        _page_entry(page, page.kind, page.first_published_at, page.land)
        for page in pages.order_by("-last_published_at")[:ENTRIES]
    ]


def _messages(wish: Wish) -> list[Entry]:
    if wish.land or wish.is_for_professionals or wish.kind not in {"", NEWS}:
        return []
    return [
        _page_entry(
            page,
            str(NewsPage._meta.verbose_name),
            timezone.make_aware(datetime.combine(page.on, time())),
        )
        for page in NewsPage.objects.live().public().order_by("-on")[:ENTRIES]
    ]


def _page_entry(page: Any, kind: str, first: datetime, land: str = "") -> Entry:
    return Entry(
        key=f"urn:uuid:{page.translation_key}",
        title=page.title,
        url=page.url,
        summary=page.summary,
        first=first,
        changed=max(first, page.last_published_at),
        kind=kind,
        land=land,
    )


def _kinds_of_material() -> dict[str, Any]:
    from home.models import GuidePage, PublicationPage, TrainingPage

    return {
        "arbeitshilfen": GuidePage,
        "fortbildung": TrainingPage,
        "publikationen": PublicationPage,
    }


def _kind_label(kind: str) -> str:
    types = {t.slug: str(t.label_plural) for t in reading.public_types()}
    materials = {key: str(m._meta.verbose_name_plural) for key, m in _kinds_of_material().items()}
    news = {NEWS: str(NewsPage._meta.verbose_name_plural)}
    return (types | materials | news).get(kind, "")


def _land_label(code: str) -> str:
    return next((land.name for land in reading.laender() if land.code == code), "")
