"""Which types are in use? Not those that are switched off, or whose tables are not there yet.

What such a type left behind stays readable: Fassungen, history. Only the use of it ends.
"""

from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.dispatch import Signal

from klk_workflow import clock
from klk_workflow.models.switch import PluginSwitch
from klk_workflow.registry import DocumentType, registry

_OFF = "klk-plugins-off"
_UNREADY = "klk-plugins-unready"
#: Sent when other types may be in use than before; after commit, and without arguments.
types_changed = Signal()

#: Seconds after which a missing table is looked for again.
_PATIENCE = 10
#: Holds something once all tables were found to be there: they stay, as long as the process runs.
_is_ready: set[str] = set()


def active() -> list[DocumentType]:
    """The types in use, in the order of declaration."""
    out_of_use = off() | unready()
    return [kind for kind in registry if kind.app_label not in out_of_use]


def is_active(kind: DocumentType) -> bool:
    """Whether documents of this type can be begun, written and decided on."""
    return kind.app_label not in off() | unready()


def off() -> frozenset[str]:
    """The app labels of the plugins that were switched off."""
    return cache.get_or_set(_OFF, _stored, None) or frozenset()


def _stored() -> frozenset[str]:
    return frozenset(PluginSwitch.objects.values_list("app_label", flat=True))


def switch(app_label: str, *, is_on: bool, by: str) -> None:
    """Switch a plugin on or off, in the name of somebody."""
    with transaction.atomic():
        if is_on:
            PluginSwitch.objects.filter(app_label=app_label).delete()
        else:
            values = {"off_since": clock.now(), "off_by": by[:150]}
            PluginSwitch.objects.get_or_create(app_label=app_label, defaults=values)
        cache.delete(_OFF)
        transaction.on_commit(partial(_changed, _OFF))


def _changed(kept: str) -> None:
    cache.delete(kept)
    types_changed.send_robust(sender=PluginSwitch)


def unready() -> frozenset[str]:
    """The app labels of the plugins that wait for their migrations."""
    if _is_ready:
        return frozenset()
    found: frozenset[str] | None = cache.get(_UNREADY)
    if found is None:
        labels = {kind.app_label for kind in registry}
        found = frozenset(label for label in waiting_migrations() if label in labels)
        if found:
            cache.set(_UNREADY, found, _PATIENCE)
        else:
            _is_ready.add("all")
    return found


def ready_keys() -> list[str]:
    """The types whose tables are what their code expects, in use or switched off."""
    waiting = unready()
    return [kind.key for kind in registry if kind.app_label not in waiting]


def waiting_migrations() -> dict[str, list[str]]:
    """The names of the migrations that are not applied, by app label."""
    loader = MigrationLoader(connection)
    found: dict[str, list[str]] = {}
    for label, name in loader.graph.nodes:
        if (label, name) not in loader.applied_migrations:
            found.setdefault(label, []).append(name)
    return found


def look_again(**_kwargs: Any) -> None:
    """Tables came or went: after each `migrate`."""
    _is_ready.clear()
    _changed(_UNREADY)
