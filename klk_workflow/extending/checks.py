"""What is said at start of plugins that were left out."""

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register("plugins")
def check_plugins(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Name the plugins that cannot be used, whose they are, and why; the site starts without."""
    return [
        checks.Warning(
            f"The plugin {plugin} was left out: {plugin.error}",
            hint="Mend or uninstall it; it is tried again once its package is another.",
            id="klk_workflow.W001",
        )
        for plugin in getattr(settings, "KLK_PLUGINS", [])
        if plugin.error
    ]
