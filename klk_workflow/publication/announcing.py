"""Announced again: what became public although its process ended right after the commit."""

from django.core.cache import cache
from django.db.models import Q

from klk_workflow import reading
from klk_workflow.models import Edition, Event
from klk_workflow.registry import registry
from klk_workflow.workflows.definition import Effect

#: Number of the last Event that the worker has announced, in the cache that all processes share.
ANNOUNCED = "klk_workflow:announced"


def announce_missed() -> int:
    """Tell the website of public Events since the last time; give the number of addresses.

    What was told at once is told a second time: nobody can know whether it arrived. Without this a
    withdrawn text could stay in the caches of the other processes until they forget it.
    """
    seen = cache.get(ANNOUNCED, 0)
    missed = Event.objects.filter(_is_public(), pk__gt=seen)
    newest = missed.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None:
        return 0
    changed = Edition.objects.filter(document__in=missed.values("document"))
    paths = set(changed.order_by().values_list("path", flat=True))
    reading.announce(*paths)
    cache.set(ANNOUNCED, newest, None)
    return len(paths)


def _is_public() -> Q:
    flows = (flow for known in registry for flow in known.model.workflows)
    effects = (Effect.ARCHIVE, Effect.UNARCHIVE)
    keys = {key for flow in flows for effect in effects for key in flow.with_effect(effect)}
    return Q(edition_number__isnull=False) | Q(action__in=keys)
