"""What the website adds to the member area."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import SlugField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import SlugInput
from wagtail.permissions import page_permission_policy

from home import links


def _publishes(user: Any) -> bool:
    return bool(page_permission_policy.user_has_any_permission(user, {"publish"}))


def broken_links(request: HttpRequest) -> HttpResponse:
    """The links that lead nowhere, and those that lead to other sites."""
    if not _publishes(request.user):
        raise PermissionDenied
    context = {"page_title": _("Verweise"), "report": links.report()}
    return render(request, "home/admin/links.html", context)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The report on links."""
    return [path("verweise/", broken_links, name="home_links")]


class LinksItem(MenuItem):
    """The report, for those who keep the pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Who may publish pages can mend their links."""
        return _publishes(request.user)


@hooks.register("register_admin_menu_item")
def links_item() -> MenuItem:
    """Below the pages and their files."""
    return LinksItem(_("Verweise"), reverse("home_links"), "verweise", icon_name="link", order=350)


#: How an umlaut stands in an address that can be typed, printed and mailed everywhere.
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
register_form_field_override(
    SlugField, override={"widget": SlugInput(formatters=list(UMLAUTS.items()))}
)
