"""`manage.py migrate`: Django's own, but a plugin whose migration fails stops nobody else."""

from typing import Any

from django.core.management.commands import migrate
from django.utils.translation import gettext as _

from klk_workflow.extending import isolation, panel, switches


class Command(migrate.Command):
    """All that can be migrated is; a plugin that fails is left out until the next time."""

    running: str = ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate everything. Told which app, or only asked, this is Django's command.

        Raises what a migration raises that is no plugin's.
        """
        if options["app_label"] or options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        before = switches.waiting_migrations()
        if not self._is_done(*args, **options):
            for label in switches.waiting_migrations():
                self._is_done(*args, **{**options, "app_label": label})
        switches.look_again()
        for label in before.keys() - switches.waiting_migrations().keys():
            isolation.forget(label)

    def migration_progress_callback(
        self, action: str, migration: Any = None, fake: bool = False
    ) -> None:
        """Remember whose migration runs."""
        if action == "apply_start":
            self.running = migration.app_label
        super().migration_progress_callback(action, migration, fake)

    def _is_done(self, *args: Any, **options: Any) -> bool:
        """Whether it went through; what fails in a plugin's migration is noted and said."""
        self.running = ""
        try:
            super().handle(*args, **options)
        except Exception as error:
            app = next((a for a in isolation.plugin_apps() if a.label == self.running), None)
            if app is None:
                raise
            isolation.note(app.label, error)
            said = _(
                "Die Erweiterung „%(name)s“ (%(package)s) bleibt außer Betrieb, denn ihre "
                "Migration ist gescheitert: %(error)s. Der nächste Aufruf von migrate versucht es "
                "wieder."
            )
            names = {"name": app.verbose_name, "package": panel.package(app), "error": repr(error)}
            self.stderr.write(said % names)
            return False
        return True
