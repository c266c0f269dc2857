"""Who is asking? Wagtail's token of a person, with a scope of ours for the request."""

from typing import Any

from django.http import HttpRequest
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.models import APIToken

from klk_workflow import clock
from klk_workflow.api.problems import Forbidden
from klk_workflow.models import Scope, TokenScopes
from klk_workflow.people import Person, person_for


class Bearer(BearerTokenAuth):
    """Wagtail's look-up, and then ours: 401 without a token in force, 403 without the scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> APIToken | None:
        """The token, if it may do this. Raises Forbidden if it lacks the scope."""
        found = super().authenticate(request, token)
        rights = TokenScopes.objects.filter(token=found).first() if found else None
        if rights is None or rights.expires_at <= clock.now():
            return None
        if self.scope not in rights.scopes:
            raise Forbidden(self.scope)
        return found


def person_of(request: Any) -> Person:
    """The person behind the token of the request."""
    return person_for(request.auth.user)


READ = Bearer(Scope.READ)
WRITE = Bearer(Scope.WRITE)
ACT = Bearer(Scope.ACT)
