"""What changes which public pages: every publish names the parts that `home.cache` forgets."""

from typing import Any

from wagtail.models import Page, ReferenceIndex

from home.cache import EDITIONS, PAGES, forget
from klk_workflow import reading

DEPTH_OF_MENU = 3


def connect() -> None:
    """Listen to everything that changes a public page."""
    from django.db.models.signals import post_delete, post_save
    from wagtail.models import Site
    from wagtail.signals import page_published, page_unpublished, post_page_move

    reading.editions_changed.connect(_editions_changed, dispatch_uid="home.changes")
    reading.types_changed.connect(_anything_changed, dispatch_uid="home.changes")
    for signal in (page_published, page_unpublished):
        signal.connect(_page_changed, dispatch_uid="home.changes")
    post_page_move.connect(_anything_changed, dispatch_uid="home.changes")
    post_save.connect(_anything_changed, sender=Site, dispatch_uid="home.changes")
    for model in (reading.Office, Site, Page):
        name = f"home.changes.{model.__name__}"
        post_delete.connect(_anything_changed, sender=model, dispatch_uid=name)
    post_save.connect(_anything_changed, sender=reading.Office, dispatch_uid="home.changes")


def _anything_changed(**_kwargs: Any) -> None:
    forget()


def _editions_changed(paths: set[str], **_kwargs: Any) -> None:
    parts = {EDITIONS, *(f"edition:{path}" for path in paths)}
    for path in paths:
        fassung = reading.fassungen(path).first()
        if fassung is not None:
            parts |= {f"type:{fassung.type_key}", f"land:{fassung.land}"}
    forget(*parts)


def _page_changed(instance: Page, **_kwargs: Any) -> None:
    """Forget the page, the lists, what names it and what it names.

    What stands right below the start page may stand, or have stood, in the menu of all pages.
    """
    if instance.depth <= DEPTH_OF_MENU:
        forget()
        return
    naming = ReferenceIndex.get_references_to(instance).values_list("object_id", flat=True)
    named = ReferenceIndex.get_references_for_object(instance)
    named = named.values_list("to_object_id", flat=True)
    same = map(str, instance.get_translations().values_list("pk", flat=True))
    forget(PAGES, *(f"page:{key}" for key in {str(instance.pk), *naming, *named, *same}))
