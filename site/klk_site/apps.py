"""The site as a Django app: it brings the checks that guard production."""

from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models.signals import post_migrate

PORTS = {"http": 80, "https": 443}


class SiteConfig(AppConfig):
    """Registers the system checks, and keeps Wagtail's idea of our address right."""

    name = "klk_site"
    verbose_name = "KLK"

    def ready(self) -> None:
        """Load the checks, which register themselves."""
        from klk_site import checks  # noqa: F401

        post_migrate.connect(follow_base_url, sender=apps.get_app_config("wagtailcore"))


def follow_base_url(**_kwargs: Any) -> None:
    """Let Wagtail's site have the address of KLK_BASE_URL: previews and full addresses need it."""
    from wagtail.models import Site

    site = Site.objects.filter(is_default_site=True).first()
    base = urlsplit(settings.KLK_BASE_URL)
    port = base.port or PORTS[base.scheme]
    if site and (site.hostname, site.port) != (base.hostname, port):
        site.hostname, site.port = base.hostname, port
        site.save()
