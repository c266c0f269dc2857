"""What the site adds to the member area."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def typeface() -> SafeString:
    """Fira Sans, as on the public pages."""
    return format_html('<link rel="stylesheet" href="{}">', static("klk_site/fonts.css"))


@hooks.register("register_account_menu_item")
def password_of_ones_own(_request: HttpRequest) -> dict[str, str]:
    """Lead from one's own account to the one page where passwords are changed."""
    return {
        "label": _("Passwort ändern"),
        "url": reverse("account_change_password"),
        "help_text": _("Danach melden Sie sich mit dem neuen Passwort an."),
    }


@hooks.register("before_bulk_action")
def superusers_among_themselves(
    request: HttpRequest, _kind: str, objects: list[Any], _action: Any
) -> None:
    """Nobody else locks a superuser out or gives one a role, with others in one go."""
    if any(getattr(item, "is_superuser", False) for item in objects):
        is_one_too = getattr(request.user, "is_superuser", False)
        if not is_one_too:
            raise PermissionDenied
