"""What our login does differently from allauth's: no sign-up, no demo password in production."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administration only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse the password of the demo accounts where there are none."""
        if (
            credentials.get("password") == settings.KLK_DEMO_PASSWORD
            and not settings.KLK_DEMO_ACCOUNTS
        ):
            raise ValidationError(_("Zugänge der Demo gelten hier nicht."))
        super().pre_authenticate(request, **credentials)
