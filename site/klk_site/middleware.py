"""Headers that differ between public pages and the member area."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

# Wagtail's panels, date fields and the text editor come with inline scripts and styles.
WAGTAIL_NEEDS = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}

Handler = Callable[[HttpRequest], HttpResponse]


def member_area_headers(get_response: Handler) -> Handler:
    """Under /admin/ and /konto/ forms need a referrer of their own site against forgery, and
    Wagtail its inline code; in neither anything may stay in a shared cache.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(("/admin/", "/konto/", "/api/")):
            response.setdefault("Referrer-Policy", "same-origin")
            response.setdefault("Cache-Control", "private, no-store")
        if request.path.startswith("/admin/"):
            response._csp_replace = WAGTAIL_NEEDS  # type: ignore[attr-defined]  # noqa: SLF001
        return response

    return respond
