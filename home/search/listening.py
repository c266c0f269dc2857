"""When the index changes: what goes, goes with the change itself; what comes, after it is kept."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from home.search import index
from klk_workflow import reading

logger = logging.getLogger(__name__)


def connect() -> None:
    """Listen to pages, Editions, offices and files."""
    receivers: dict[Any, Callable[..., None]] = {
        page_published: _page_published,
        page_unpublished: _page_unpublished,
        reading.editions_changing: _editions_changing,
        reading.editions_changed: _editions_changed,
    }
    for signal, receiver in receivers.items():
        signal.connect(receiver, dispatch_uid="home.search")
    for signal in (post_page_move, page_slug_changed):
        signal.connect(_page_moved, dispatch_uid="home.search")
    pre_delete.connect(_page_deleted, dispatch_uid="home.search")
    for signal in (post_save, post_delete):
        signal.connect(_restricted, sender=PageViewRestriction, dispatch_uid="home.search.lock")
        signal.connect(_office_changed, sender=reading.Office, dispatch_uid="home.search.office")
    post_save.connect(_file_changed, sender=get_document_model(), dispatch_uid="home.search.file")


def _later(show: Callable[[Any], None], which: Any) -> None:
    """Once the change is kept; what fails here is logged and undoes nothing."""
    transaction.on_commit(lambda: show(which), robust=True)


def _page_published(instance: Page, **_kwargs: Any) -> None:
    _later(index.show_page, instance.pk)


def _page_unpublished(instance: Page, **_kwargs: Any) -> None:
    index.hide(page_id=instance.pk)


def _page_deleted(sender: type, instance: Any, **_kwargs: Any) -> None:
    if issubclass(sender, Page):
        index.hide(page_id=instance.pk)


def _page_moved(instance: Page, **_kwargs: Any) -> None:
    """What lies below may have become public by moving, or is no longer."""
    _refresh(Page.objects.descendant_of(instance, inclusive=True))


def _restricted(instance: PageViewRestriction, **_kwargs: Any) -> None:
    pages = Page.objects.descendant_of(instance.page, inclusive=True)
    for pk in pages.not_public().values_list("pk", flat=True):
        index.hide(page_id=pk)
    _refresh(pages.public())


def _refresh(pages: Iterable[Page]) -> None:
    for page in pages:
        _later(index.show_page, page.pk)


def _editions_changing(paths: set[str], **_kwargs: Any) -> None:
    shown = reading.editions().filter(path__in=paths).values_list("path", flat=True)
    for path in paths - set(shown):
        index.hide(path=path)


def _editions_changed(paths: set[str], **_kwargs: Any) -> None:
    for path in paths:
        index.show_edition(path)


def _office_changed(instance: Any, **_kwargs: Any) -> None:
    if instance.land:
        _later(index.show_land, instance.land)


def _file_changed(instance: Any, created: bool, **_kwargs: Any) -> None:
    """A file that was replaced: its pages say something else now."""
    if not created:
        for reference in instance.get_usage():
            _refresh(page for page in [reference[0]] if isinstance(page, Page))
