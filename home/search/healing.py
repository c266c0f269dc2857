"""Made good: what became public although the index did not learn of it.

A process can end between its commit and the index, or the index fail. Whatever is public and has no
entry, or an older one, gets it from the worker.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from home import facets
from home.search import index
from home.search.models import Entry
from klk_workflow import reading

#: Pages and Editions that one round takes.
AT_ONCE = 50


def heal() -> int:
    """Write the entries that are missing or behind; give their number."""
    kinds = ContentType.objects.get_for_models(*facets.findable()).values()
    known = Entry.objects.filter(page=OuterRef("pk"))
    behind = _behind(known, since="last_published_at")
    pages = Page.objects.live().public().filter(behind, content_type__in=kinds).order_by("pk")
    pks = list(pages.values_list("pk", flat=True)[:AT_ONCE])
    for pk in pks:
        index.show_page(pk)
    known = Entry.objects.filter(path=OuterRef("path"))
    editions = reading.editions().filter(_behind(known, since="published_at"))
    paths = list(editions.values_list("path", flat=True)[:AT_ONCE])
    for path in paths:
        index.show_edition(path)
    return len(pks) + len(paths)


def _behind(known: "QuerySet[Entry]", *, since: str) -> Q:
    older = known.filter(indexed_at__lt=OuterRef(since))
    return ~Exists(known) | Exists(older)
