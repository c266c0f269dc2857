"""`manage.py erase_name`: a person's name goes from the record; what was done stays."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow.deletion.erasing import erase_name


class Command(BaseCommand):
    """Exit code 1 if there is no such account."""

    help = _("Löscht den Namen einer Person aus Verlauf und Anmerkungen; Rolle und Stelle bleiben.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose; by number where the account is gone."""
        parser.add_argument("username", nargs="?", help=_("Name des Kontos"))
        parser.add_argument("--id", type=int, help=_("Nummer eines schon gelöschten Kontos"))

    def handle(self, *_args: Any, username: str | None, id: int | None, **_options: Any) -> None:  # noqa: A002 - the option's name
        """Erase it in every document."""
        if (id is None) == (username is None):
            raise CommandError(_("Nennen Sie ein Konto oder --id."))
        user_id = id if id is not None else _number_of(str(username))
        count = erase_name(user_id)
        said = ngettext("In %(n)d Dokument gelöscht.", "In %(n)d Dokumenten gelöscht.", count)
        self.stdout.write(said % {"n": count})


def _number_of(username: str) -> int:
    users = get_user_model()._default_manager.filter(username=username)
    found = users.values_list("pk", flat=True).first()
    if found is None:
        raise CommandError(_("Dieses Konto gibt es nicht: %(name)s") % {"name": username})
    return int(found)
