"""`manage.py heads`: how far each chain has come, to be kept elsewhere; or held against now."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow.evidence import heads, seals


class Command(BaseCommand):
    """Exit code 1 and each difference if a chain is not the one that the list knows."""

    help = _("Schreibt die unterschriebene Liste der Kettenenden oder prüft eine aufbewahrte.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do; without anything the list goes to the terminal."""
        parser.add_argument("file", nargs="?", type=Path, help=_("Datei, die geschrieben wird"))
        public = _("nur Dokumente, von denen es eine Fassung gibt (zum Veröffentlichen)")
        parser.add_argument("--published", action="store_true", help=public)
        parser.add_argument("--check", type=Path, metavar="FILE", help=_("diese Liste prüfen"))
        key = _("einen neuen Schlüssel für KLK_SIGNING_KEY ausgeben, sonst nichts")
        parser.add_argument("--new-key", action="store_true", help=key)

    def handle(
        self,
        *_args: Any,
        file: Path | None,
        published: bool,
        check: Path | None,
        new_key: bool,
        **_options: Any,
    ) -> None:
        """Write, check, or make a key."""
        if new_key:
            self.stdout.write(seals.new_key())
        elif check:
            self._check(check)
        elif file:
            file.write_text(heads.write(published_only=published) + "\n")
        else:
            self.stdout.write(heads.write(published_only=published))

    def _check(self, path: Path) -> None:
        try:
            kept = heads.read(path.read_text())
        except (OSError, heads.NotAList) as error:
            raise CommandError(f"{path}: {error}") from error
        faults = list(heads.faults(kept))
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError(_("Die Ketten sind nicht mehr die der Liste."))
        said = ngettext("%(n)d Kettenende stimmt.", "%(n)d Kettenenden stimmen.", len(kept.entries))
        self.stdout.write(said % {"n": len(kept.entries)})
