"""`manage.py worker`: sends waiting mail and publishes what is due."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow.outbox import send_waiting
from klk_workflow.scheduling import publish_due


class Command(BaseCommand):
    """Runs until it is told to stop; `--once` for cron."""

    help = _("Verschickt wartende Nachrichten und veröffentlicht, was fällig ist.")

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
            self._round(reraise=once)
            if once or stop.wait(every):
                return

    def _round(self, *, reraise: bool) -> None:
        close_old_connections()
        try:
            published = publish_due()
            sent = send_waiting()
        except Exception as error:
            if reraise:
                raise
            self.stderr.write(f"worker: {error}")
            return
        if published or sent:
            said = ngettext(
                "%(published)d veröffentlicht, %(sent)d Nachricht verschickt",
                "%(published)d veröffentlicht, %(sent)d Nachrichten verschickt",
                sent,
            )
            self.stdout.write(f"worker: {said % {'published': published, 'sent': sent}}")
