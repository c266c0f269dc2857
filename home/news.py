"""What was published last: Editions, materials and news together."""

from dataclasses import dataclass
from datetime import datetime, time
from operator import attrgetter

from django.utils import timezone

from home.models import MaterialPage, NewsPage
from home.models.base import spoken
from klk_workflow import reading


@dataclass(frozen=True)
class Item:
    """One line of a list of what is new."""

    on: datetime
    title: str
    url: str
    kind: str
    about: str


def latest(number: int) -> list[Item]:
    """The newest items; the number of queries does not depend on how many there are."""
    items = [*_editions(number), *_materials(number), *_messages(number)]
    return sorted(items, key=attrgetter("on"), reverse=True)[:number]


def _editions(number: int) -> list[Item]:
    return [
        Item(
            on=edition.published_at,
            title=edition.title,
            url=edition.get_absolute_url(),
            kind=edition.type_label,
            about=edition.summary,
        )
        for edition in reading.editions()[:number]
    ]


def _materials(number: int) -> list[Item]:
    pages = MaterialPage.objects.live().public().filter(**spoken())
    return [
        Item(
            on=page.first_published_at,
            title=page.title,
            url=page.url,
            kind=page.kind,
            about=page.summary,
        )
        for page in pages.order_by("-first_published_at")[:number]
    ]


def _messages(number: int) -> list[Item]:
    return [
        Item(
            on=timezone.make_aware(datetime.combine(page.on, time())),
            title=page.title,
            url=page.url,
            kind=str(NewsPage._meta.verbose_name),
            about=page.summary,
        )
        for page in NewsPage.objects.live().public().filter(**spoken()).order_by("-on")[:number]
    ]
