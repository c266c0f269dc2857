"""Pages that must always be there: help, safety, law, and how documents are approved."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home import conf
from home.cache import mark_public


def page(name: str, *of: str) -> Callable[[HttpRequest], HttpResponse]:
    """Show the template of this name, made `of` no more than the frame if nothing is said."""

    @require_safe
    def show(request: HttpRequest) -> HttpResponse:
        context = {"operator": conf.operator()}
        return mark_public(request, render(request, f"home/info/{name}.html", context), of=of)

    return show
