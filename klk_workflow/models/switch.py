"""Which plugins the administration has switched off."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PluginSwitch(models.Model):
    """A plugin that is switched off, by its app label; without a row it is on."""

    app_label = models.CharField(max_length=100, unique=True)
    off_since = models.DateTimeField()
    off_by = models.CharField(max_length=150)

    class Meta:
        verbose_name = _("Abgeschaltete Erweiterung")
        verbose_name_plural = _("Abgeschaltete Erweiterungen")

    def __str__(self) -> str:
        return self.app_label
