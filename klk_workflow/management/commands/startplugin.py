"""`manage.py startplugin NAME`: a package with a document type of its own, ready to run."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.core.management.templates import TemplateCommand
from django.utils.text import slugify
from django.utils.translation import gettext as _

from klk_workflow import extending

SKELETON = Path(extending.__file__).parent / "skeleton"


class Command(TemplateCommand):
    """Writes the package into a new folder; docs/plugins.md goes on from there."""

    help = _("Legt ein Paket mit einer neuen Dokumentart an.")
    rewrite_template_suffixes = ((".py-tpl", ".py"), (".toml-tpl", ".toml"))

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name, folder, and how people call it."""
        parser.add_argument("name", help=_("Schlüssel, z. B. empfehlung"))
        parser.add_argument("directory", nargs="?", help=_("Ordner, in dem das Paket entsteht"))
        parser.add_argument("--label", help=_("Einzahl, z. B. Empfehlung"))
        parser.add_argument("--plural", help=_("Mehrzahl, z. B. Empfehlungen"))

    def handle(self, name: str, directory: str | None, **options: Any) -> None:  # type: ignore[override]
        """Write the files; CommandError if the folder or a file is there."""
        if name != slugify(name).replace("-", ""):
            said = _("Bitte nur Kleinbuchstaben ohne Umlaute und Ziffern: %(name)s")
            raise CommandError(said % {"name": name})
        label = options["label"] or name.capitalize()
        plural = options["plural"] or label
        target = Path(directory or f"klk-{name}")
        target.mkdir(parents=True, exist_ok=True)
        super().handle(
            "app",
            name,
            str(target),
            template=str(SKELETON),
            extensions=["py", "toml"],
            files=[],
            verbosity=options["verbosity"],
            label=label,
            plural=plural,
            slug=slugify(plural),
        )
        said = _("%(folder)s ist angelegt. Installieren: pip install -e %(folder)s")
        if options["verbosity"]:
            self.stdout.write(said % {"folder": target})

    def validate_name(self, name: str, name_or_dir: str = "name") -> None:
        """Folders may have a dash in their name; modules may not."""
        if name_or_dir == "name":
            super().validate_name(name, name_or_dir)
