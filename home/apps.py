"""The public website."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Wagtail pages, the frame around Editions, and the cache of whole pages."""

    name = "home"
    verbose_name = _("Website")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every publish empty the page cache."""
        from home import changes

        changes.connect()
