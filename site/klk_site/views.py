"""The site's own views: the login and the way to it, pictures, and what is said of bad requests."""

from allauth.account.views import login as ask_for_password
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

PUBLIC_MEDIA = "images/"
A_YEAR = 365 * 24 * 3600


def to_login(request: HttpRequest) -> HttpResponse:
    """Lead to the login; what was posted here is not looked at."""
    target = request.GET.get("next")
    return redirect(reverse("account_login", query={"next": target} if target else None))


def login(request: HttpRequest) -> HttpResponse:
    """The login; who is signed in and has no role yet learns here whom to ask.

    The member area sends everybody here who may not enter it, signed in or not.
    """
    user = request.user
    if user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
        list(messages.get_messages(request))  # Wagtail's words on it; the page has better ones.
        return render(request, "account/no_role.html", status=403)
    answer: HttpResponse = ask_for_password(request)
    return answer


@require_safe
def media(_request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """A picture of the website, in the sizes Wagtail made for it; uploads themselves stay inside.

    A web server in front may serve this folder itself (docs/settings.md).
    """
    if not name.startswith(PUBLIC_MEDIA) or ".." in name:
        raise Http404
    try:
        picture = default_storage.open(name)
    except OSError as missing:
        raise Http404 from missing
    response = FileResponse(picture)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that the request cannot be read; the page asks nothing of it, not even its host."""
    return HttpResponseBadRequest(render_to_string("400.html"))
