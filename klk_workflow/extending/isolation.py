"""The one place where a plugin's mistakes are caught, named and kept from everybody else.

What the engine asks of several plugins at once (lines of the start page, panels, subscribers) goes
through `shielded`. On a plugin's own pages the middleware answers in its stead.
"""

import logging
from collections.abc import Callable
from functools import partial, wraps
from types import TracebackType
from typing import Any, TypeVar

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail import hooks

from klk_workflow import clock
from klk_workflow.registry import registry

logger = logging.getLogger(__name__)
T = TypeVar("T")

#: For so long the panel shows what went wrong last.
REMEMBERED = 14 * 24 * 3600


class OutOfOrder(Exception):
    """A plugin that cannot be used now, for its tables are not what its code expects."""

    def __init__(self, app_label: str) -> None:
        super().__init__(app_label)
        self.app = apps.get_app_config(app_label)


def plugin_apps() -> list[AppConfig]:
    """The Django apps that declare document types, each once, in the order of declaration."""
    labels = dict.fromkeys(kind.app_label for kind in registry)
    return [apps.get_app_config(label) for label in labels]


def culprit(error: BaseException) -> AppConfig | None:
    """The plugin in whose code the error arose, or through which it went; None if in none."""
    modules = _modules(error.__traceback__)
    return next((app for name in modules if (app := _app_of(name))), None)


def _app_of(module: str) -> AppConfig | None:
    return next((a for a in plugin_apps() if f"{module}.".startswith(f"{a.name}.")), None)


def _modules(traceback: TracebackType | None) -> list[str]:
    found = []
    while traceback:
        found.append(str(traceback.tb_frame.f_globals.get("__name__", "")))
        traceback = traceback.tb_next
    return found


def shielded(
    app_label: str, function: Callable[..., T], *args: Any, otherwise: T, **kwargs: Any
) -> T:
    """What the function of this plugin's app gives; `otherwise` if it raises, which is noted."""
    try:
        return function(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - whatever a plugin does
        note(app_label, error)
        return otherwise


def blamed(error: BaseException) -> AppConfig | None:
    """The plugin whose fault the error is, noted as such; None if it is no plugin's."""
    app = culprit(error)
    if app:
        note(app.label, error)
    return app


def note(app_label: str, error: BaseException) -> None:
    """Log whose fault it is, and keep it for the administration to see."""
    app = apps.get_app_config(app_label)
    logger.error("The plugin %s (%s) failed: %r", app.name, app_label, error, exc_info=error)
    said = f"{type(error).__name__}: {error}"[:500]
    cache.set(_key(app_label), {"error": said, "at": clock.now()}, REMEMBERED)


def forget(app_label: str) -> None:
    """What went wrong in this plugin is mended."""
    cache.delete(_key(app_label))


def last_fault(app_label: str) -> dict[str, Any] | None:
    """What went wrong last in this plugin (`error`, `at`), or None."""
    found: dict[str, Any] | None = cache.get(_key(app_label))
    return found


def _key(app_label: str) -> str:
    return f"klk-plugin-fault:{app_label}"


def shield_hooks() -> None:
    """Keep what plugins hook into Wagtail's admin from bringing it down for everybody.

    What they register there (`register_…`) was asked for when they were tried, see `preflight`.
    """
    hooks.search_for_hooks()
    for name, entries in hooks._hooks.items():  # noqa: SLF001 - Wagtail has no way to wrap them
        if name.startswith(("construct_", "before_", "after_")):
            entries[:] = [(_shielded_hook(hook), order) for hook, order in entries]


def _shielded_hook(hook: Callable[..., Any]) -> Callable[..., Any]:
    app = _app_of(hook.__module__)
    if app is None or hasattr(hook, "__wrapped__"):
        return hook
    return wraps(hook)(partial(shielded, app.label, hook, otherwise=None))


class PluginFaults:
    """Middleware: where a plugin fails, its page says so, and it is noted; the rest goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        shield_hooks()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing but the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page in place of a failure, if it is a plugin's; while developing, Django's own."""
        app = error.app if isinstance(error, OutOfOrder) else blamed(error)
        if app is None or settings.DEBUG:
            return None
        context = {"name": app.verbose_name, "page_title": _("Diese Seite geht gerade nicht")}
        return render(request, "klk_workflow/plugin_fault.html", context, status=503)
