"""`manage.py plugin`: list plugins, switch one on or off, remove one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from klk_workflow.extending import isolation, panel, remains, switches


class Command(BaseCommand):
    """What the control panel does, and removing, which is no matter of a web page."""

    help = _("Erweiterungen auflisten, ab- und anschalten, entfernen.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, and with which plugin."""
        parser.add_argument("action", choices=["list", "on", "off", "uninstall"])
        parser.add_argument("app_label", nargs="?", help=_("z. B. klk_aktionsplan"))

    def handle(self, *_args: Any, action: str, app_label: str | None, **_options: Any) -> None:
        """Do it; CommandError if there is no such plugin, or documents stand against it."""
        if action == "list":
            for row in panel.rows():
                self.stdout.write(f"{row.app_label}: {row.health}")
            return
        if app_label not in {app.label for app in isolation.plugin_apps()}:
            raise CommandError(_("Es gibt keine Erweiterung „%(name)s“.") % {"name": app_label})
        if action == "uninstall":
            self._remove(str(app_label))
        else:
            switches.switch(str(app_label), is_on=action == "on", by="manage.py")

    def _remove(self, app_label: str) -> None:
        reason = remains.obstacle(app_label)
        if reason:
            raise CommandError(reason)
        call_command("migrate", app_label, "zero", verbosity=0)
        row = next(row for row in panel.rows() if row.app_label == app_label)
        said = _("Die Tabellen sind entfernt. Jetzt das Paket: pip uninstall %(name)s")
        self.stdout.write(said % {"name": row.distribution or app_label})
