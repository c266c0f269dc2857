"""System checks: an insecure production site does not pass `manage.py check`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from klk_site.refusals import insecure_values


@register(Tags.security)
def production_is_secure(**_kwargs: Any) -> list[CheckMessage]:
    """One error for each insecure value."""
    return [
        Error(value, hint="docs/settings.md", id="klk_site.E001")
        for value in insecure_values(settings)
    ]
