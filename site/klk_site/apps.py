"""The site as a Django app: it brings the checks that guard production."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registers the system checks."""

    name = "klk_site"
    verbose_name = "KLK"

    def ready(self) -> None:
        """Load the checks, which register themselves."""
        from klk_site import checks  # noqa: F401
