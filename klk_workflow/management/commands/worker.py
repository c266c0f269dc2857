"""`manage.py worker`: publishes what is due, sends waiting mail, makes PDF files."""

import logging
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klk_workflow.automation.deadlines import remind, remind_by_rules
from klk_workflow.automation.forgetting import forget_requests
from klk_workflow.automation.outbox import send_waiting
from klk_workflow.automation.scheduling import publish_due, publish_pages, take_further
from klk_workflow.automation.webhooks import send_due
from klk_workflow.content.finding import read_changed
from klk_workflow.deletion.papierkorb import empty
from klk_workflow.deletion.removal import sweep
from klk_workflow.publication.announcing import announce_missed
from klk_workflow.publication.renditions import make_waiting

logger = logging.getLogger(__name__)

#: What a round does, in this order; each gives how much it did. A site names more of its own in
#: `KLK_WORKER_STEPS`.
STEPS: tuple[Callable[[], int], ...] = (
    publish_due,
    publish_pages,
    take_further,
    remind,
    remind_by_rules,
    send_waiting,
    send_due,
    announce_missed,
    read_changed,
    make_waiting,
    empty,
    sweep,
    forget_requests,
)


class Command(BaseCommand):
    """Runs until it is told to stop; `--once` for cron."""

    help = _("Veröffentlicht, was fällig ist, verschickt Nachrichten und erstellt PDF-Dateien.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often, or once."""
        parser.add_argument("--once", action="store_true", help=_("einmal, dann Ende (für cron)"))
        every = _("Sekunden zwischen zwei Gängen")
        parser.add_argument("--every", type=int, default=15, help=every)

    def handle(self, *_args: Any, once: bool, every: int, **_options: Any) -> None:
        """Make rounds; what fails does not end the worker, with `--once` it is said at the end."""
        stop, self.failed = threading.Event(), set[str]()
        if not once:
            signal.signal(signal.SIGTERM, lambda *_: stop.set())
            signal.signal(signal.SIGINT, lambda *_: stop.set())
        while True:
            is_busy = self._round()[make_waiting] > 0  # there may be more, without a pause
            if once and not is_busy:
                break
            if stop.wait(0 if is_busy else every):
                break
        if once and self.failed:
            raise CommandError(", ".join(sorted(self.failed)))

    def _round(self) -> dict[Callable[[], int], int]:
        """Do what is due; give how much each step did."""
        close_old_connections()
        others = [import_string(name) for name in getattr(settings, "KLK_WORKER_STEPS", ())]
        done = {step: self._do(step) for step in (*STEPS, *others)}
        self._say(*(done[step] for step in (publish_due, send_waiting, make_waiting)))
        return done

    def _do(self, step: Callable[[], int]) -> int:
        """One step; what goes wrong there holds up no other."""
        try:
            return step()
        except Exception:
            self.failed.add(step.__name__)
            logger.exception("worker: %s", step.__name__)
            return 0

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
