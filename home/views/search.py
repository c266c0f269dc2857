"""The search page: words and choices stand in the address, so that it works without scripts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from home import facets
from home.search.find import find
from home.vocabularies import TOPICS


@require_safe
@gzip_page
def search(request: HttpRequest) -> HttpResponse:
    """What was found, or, as long as nothing is asked, how to begin.

    No answer to a question is kept: nobody but the asking one needs to know what was asked. So it
    is packed here, not by the page cache.
    """
    choice = facets.Choice.from_query(request.GET, facets.SEARCH)
    found = find(choice, request.GET.get("seite"), request)
    context = {
        "choice": choice,
        "found": found,
        "is_asked": bool(choice.text or choice.keys),
        "words": [str(label) for label in TOPICS.values()],
        "overview_url": reverse("home:overview"),
        "help_url": reverse("home:help"),
        "traces_url": reverse("home:traces"),
    }
    response = render(request, "home/search.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response
