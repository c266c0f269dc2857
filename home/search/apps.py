"""The search as a part of the website."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Index and vocabulary, kept true by what is published and taken back."""

    name = "home.search"
    label = "home_search"
    verbose_name = _("Suche der Website")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what is published; give the database its full text index."""
        from home.search import listening

        post_migrate.connect(_prepare, sender=self, dispatch_uid="home.search")
        listening.connect()


def _prepare(using: str, **_kwargs: Any) -> None:
    from home.search import engine

    engine.prepare(using)
