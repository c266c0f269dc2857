"""What the site adds to the member area."""

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
