"""The Länderbericht."""

from django.utils.translation import gettext_lazy as _

from klk_workflow.models import Document
from klk_workflow.workflows.standard import STANDARD


class Laenderbericht(Document):
    """A Land's report on a half-year; there is one, ever, for each Land and period."""

    workflows = (STANDARD,)

    class Meta:
        verbose_name = _("Länderbericht")
        verbose_name_plural = _("Länderberichte")

    @staticmethod
    def key_for(land: str, period_slug: str) -> str:
        """The natural key, e.g. "laenderbericht:nw:2026-2"."""
        return f"laenderbericht:{land}:{period_slug}"
