"""What the engine adds to Wagtail's admin."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def documents() -> list[URLPattern | URLResolver]:
    """The member area's addresses."""
    return [path("dokumente/", include("klk_workflow.admin.urls"))]
