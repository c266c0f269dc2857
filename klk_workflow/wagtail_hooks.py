"""What the engine adds to Wagtail's admin, and what it leaves out."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet

from klk_workflow.admin import menu
from klk_workflow.admin.administration.viewsets import VIEWSETS
from klk_workflow.admin.overview.start_panel import StartPanel
from klk_workflow.people import person_for


@hooks.register("register_admin_urls")
def documents() -> list[URLPattern | URLResolver]:
    """The member area's addresses."""
    return [path("dokumente/", include("klk_workflow.admin.urls"))]


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Our colours, on Wagtail's own pages too."""
    sheets = [(static(f"klk_workflow/{name}.css"),) for name in ("tiles", "admin")]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_global_admin_js")
def sign_out() -> SafeString:
    """Signing out takes unsaved text off the device, wherever one is."""
    return format_html('<script src="{}"></script>', static("klk_workflow/logout.js"))


@hooks.register("construct_main_menu", order=1000)
def trimmed_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """What is not meant for this person is left out."""
    menu.trim(request, items)
    own = [*menu.entries(), *menu.of_plugins(person_for(request.user))]
    items += [item for item in own if item.is_shown(request)]


@hooks.register("construct_settings_menu", order=1000)
def settings_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """What is set up once does not stand between the things of every day."""
    items += [item for item in menu.settings() if item.is_shown(request)]


@hooks.register("construct_homepage_panels", order=1000)
def start(_request: HttpRequest, panels: list[Component]) -> None:
    """One panel: what is to be done."""
    panels[:] = [StartPanel()]


@hooks.register("register_admin_viewset")
def viewsets() -> list[ModelViewSet]:
    """Offices, periods and outlines, for the administration."""
    return VIEWSETS
