"""What types left behind whose package is gone, and what stands against removing one."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow.models import Document, Edition
from klk_workflow.registry import registry

#: For so many seconds it is remembered; a package goes only with a restart.
_REMEMBERED = 300
#: So many documents are named.
_NAMED = 10


@dataclass(frozen=True)
class Orphans:
    """The documents of a type that no installed plugin declares."""

    type_key: str
    label: str
    slug: str
    count: int


def orphans() -> list[Orphans]:
    """The types without a plugin that documents are left of; two queries."""
    keys = [kind.key for kind in registry]
    rows = Document.objects.exclude(type_key__in=keys).order_by("type_key")
    counts = rows.values_list("type_key").annotate(n=Count("pk"))
    published = {
        row["type_key"]: row
        for row in Edition.objects.exclude(type_key__in=keys)
        .order_by()
        .values("type_key", "type_label")
        .annotate(path=Min("path"))
    }
    return [
        Orphans(
            key,
            published[key]["type_label"] if key in published else key,
            published[key]["path"].partition("/")[0] if key in published else "",
            count,
        )
        for key, count in counts
    ]


def remembered_orphans() -> list[Orphans]:
    """The same from memory, for every request of the public."""
    key = f"klk-orphans:{'.'.join(sorted(kind.key for kind in registry))}"
    return cache.get_or_set(key, orphans, _REMEMBERED) or []


def obstacle(app_label: str) -> str:
    """Why this plugin cannot be removed, in words that name documents; empty if nothing remains."""
    keys = [kind.key for kind in registry if kind.app_label == app_label]
    rows = Document.objects.filter(type_key__in=keys).order_by("natural_key")
    count = rows.count()
    if not count:
        return ""
    said = ngettext(
        "Es gibt noch %(n)d Dokument dieser Art: %(names)s.",
        "Es gibt noch %(n)d Dokumente dieser Art, darunter: %(names)s.",
        count,
    ) % {"n": count, "names": ", ".join(rows.values_list("natural_key", flat=True)[:_NAMED])}
    advice = _(
        "Ihr Verlauf gehört zu den Akten und wird nicht gelöscht. Schalten Sie die Erweiterung "
        "stattdessen ab: Veröffentlichtes bleibt lesbar."
    )
    return f"{said} {advice}"
