"""`manage.py workflow graph TYPE`: the workflow of a type as SVG, on the standard output."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from klk_workflow.registry import registry
from klk_workflow.workflows.drawing import svg


class Command(BaseCommand):
    """Draws the newest version of a type's workflow, or the one named."""

    help = _("Zeichnet den Ablauf eines Dokumenttyps als SVG.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is drawn."""
        parser.add_argument("what", choices=["graph"])
        parser.add_argument("type", help=_("Schlüssel des Dokumenttyps"))
        parser.add_argument("--version-number", type=int, help=_("Fassung des Ablaufs"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the picture."""
        if options["type"] not in registry:
            known = ", ".join(kind.key for kind in registry)
            raise CommandError(_("Diesen Typ gibt es nicht. Es gibt: %(known)s") % {"known": known})
        kind = registry.get(options["type"])
        wanted = options["version_number"] or kind.workflow.version
        flow = next((f for f in kind.model.workflows if f.version == wanted), None)
        if flow is None:
            raise CommandError(_("Diese Fassung des Ablaufs gibt es nicht."))
        title = f"{kind.label}: {_('Ablauf')} {flow.version}"
        self.stdout.write(svg(flow, title, has_legend=True))
