"""The control panel's rows: each plugin, and how it is."""

from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow.extending import isolation, switches
from klk_workflow.extending.finding import Found
from klk_workflow.models import Document
from klk_workflow.registry import DocumentType, registry
from klk_workflow.workflows.definition import Text


@dataclass(frozen=True)
class Row:
    """A plugin that is in use or switched off."""

    app_label: str
    name: Text
    distribution: str
    version: str
    types: list[DocumentType]
    documents: int
    waiting: list[str]
    fault: dict[str, Any] | None
    is_on: bool

    @property
    def health(self) -> str:
        """How it is, in words: the first thing that is not in order."""
        if not self.is_on:
            return _("abgeschaltet")
        if self.waiting:
            said = ngettext(
                "wartet auf %(n)d Migration", "wartet auf %(n)d Migrationen", len(self.waiting)
            ) % {"n": len(self.waiting)}
            return f"{said}: {self.fault['error']}" if self.fault else said
        if self.fault:
            return _("gestört: %(error)s") % {"error": self.fault["error"]}
        return _("in Ordnung")

    @property
    def tone(self) -> str:
        """The colour of these words."""
        if not self.is_on:
            return "line"
        return "bad" if self.waiting or self.fault else "good"


def rows() -> list[Row]:
    """All plugins that declare types; the same number of queries for many as for one."""
    waiting, off = switches.waiting_migrations(), switches.off()
    counts = dict(
        Document.objects.order_by().values_list("type_key").annotate(n=Count("pk")),
    )
    return [_row(app, counts, waiting, off) for app in isolation.plugin_apps()]


def _row(
    app: AppConfig,
    counts: dict[str, int],
    waiting: dict[str, list[str]],
    off: frozenset[str],
) -> Row:
    types = [kind for kind in registry if kind.app_label == app.label]
    found = _found(app)
    return Row(
        app_label=app.label,
        name=app.verbose_name,
        distribution=found.distribution if found else "",
        version=found.version if found else "",
        types=types,
        documents=sum(counts.get(kind.key, 0) for kind in types),
        waiting=waiting.get(app.label, []),
        fault=isolation.last_fault(app.label),
        is_on=app.label not in off,
    )


def package(app: AppConfig) -> str:
    """Whose the plugin is, to be named to those who run the site."""
    return str(_found(app) or app.name)


def left_out() -> list[Found]:
    """The installed plugins that could not be used when they were tried."""
    return [plugin for plugin in _installed() if plugin.error]


def _found(app: AppConfig) -> Found | None:
    """What is known of the distribution; None for a plugin that comes with the software."""
    return next((one for one in _installed() if f"{one.app}.".startswith(f"{app.name}.")), None)


def _installed() -> list[Found]:
    return list(getattr(settings, "KLK_PLUGINS", []))
