"""`manage.py worker`: publishes what is due, sends waiting mail, makes PDF files."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow.deadlines import remind, remind_by_rules
from klk_workflow.outbox import send_waiting
from klk_workflow.renditions import make_waiting
from klk_workflow.scheduling import publish_due, take_further
from klk_workflow.webhooks import send_due


class Command(BaseCommand):
    """Runs until it is told to stop; `--once` for cron."""

    help = _("Veröffentlicht, was fällig ist, verschickt Nachrichten und erstellt PDF-Dateien.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often, or once."""
        parser.add_argument("--once", action="store_true", help=_("einmal, dann Ende (für cron)"))
        every = _("Sekunden zwischen zwei Gängen")
        parser.add_argument("--every", type=int, default=15, help=every)

    def handle(self, *_args: Any, once: bool, every: int, **_options: Any) -> None:
        """Make rounds; one that fails does not end the worker."""
        stop = threading.Event()
        if not once:
            signal.signal(signal.SIGTERM, lambda *_: stop.set())
            signal.signal(signal.SIGINT, lambda *_: stop.set())
        while True:
            is_busy = self._round(reraise=once)
            if once and not is_busy:
                return
            if stop.wait(0 if is_busy else every):
                return

    def _round(self, *, reraise: bool) -> bool:
        """Do what is due; say whether there may be more, without a pause."""
        close_old_connections()
        try:
            take_further()
            remind()
            remind_by_rules()
            published, sent = publish_due(), send_waiting()
            made = make_waiting()
            send_due()
        except Exception as error:
            if reraise:
                raise
            self.stderr.write(f"worker: {error}")
            return False
        self._say(published, sent, made)
        return made > 0

    def _say(self, published: int, sent: int, made: int) -> None:
        done = (
            ngettext("%(n)d Fassung veröffentlicht", "%(n)d Fassungen veröffentlicht", published),
            ngettext("%(n)d Nachricht verschickt", "%(n)d Nachrichten verschickt", sent),
            ngettext("%(n)d PDF-Datei erstellt", "%(n)d PDF-Dateien erstellt", made),
        )
        counted = zip(done, (published, sent, made), strict=True)
        said = ", ".join(words % {"n": n} for words, n in counted if n)
        if said:
            self.stdout.write(f"worker: {said}")
