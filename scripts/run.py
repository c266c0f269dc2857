"""Prepare whatever is not prepared yet, then serve: one web server and one worker.

`make run` calls this inside the environment. Each step looks first whether it is needed, so a
second run starts in seconds; nothing here ever deletes data.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import assets
import machine
import translations
from common import BASE, BUILD, VAR, fingerprint, is_current, remember, say

sys.path.insert(0, str(BASE / "site"))

HOST = "127.0.0.1"
PORT = int(os.environ.get("PORT", "8000"))
ADDRESS = f"http://{HOST}:{PORT}"
WORKERS = os.environ.get("WEB_CONCURRENCY", "2")
LOGINS = (
    ("mitglied-nw", "Landeskoordinierungsstelle, Nordrhein-Westfalen"),
    ("mitglied-by, mitglied-by-2", "die beiden Stellen in Bayern"),
    ("pruefung", "prüft"),
    ("freigabe, freigabe-2", "geben frei"),
    ("redaktion", "veröffentlicht und pflegt die Website"),
    ("admin", "verwaltet Personen, Stellen und Zeiträume"),
)


def main() -> int:
    """Prepare, start, wait; return the exit status."""
    if _answers():
        say(f"Auf Port {PORT} läuft schon etwas. Ein anderer: PORT={PORT + 1} make run")
        return 1
    _set_defaults()
    machine.name_missing_pango()
    assets.build()
    translations.build()
    _prepare_site()
    return _serve()


def _set_defaults() -> None:
    """What the settings need to know of this machine, unless it was said already."""
    secret = VAR / "secret_key"
    if not secret.exists():
        VAR.mkdir(exist_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(64))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klk_site.settings")
    os.environ.setdefault("SECRET_KEY", secret.read_text())
    os.environ.setdefault("KLK_BASE_URL", ADDRESS)


def _prepare_site() -> None:
    """Bring the database up to date, load the demo once, write the index, collect for browsers."""
    import django
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import transaction

    django.setup()
    say("Datenbank vorbereiten …")
    call_command("migrate", interactive=False, verbosity=0)
    if settings.KLK_DEMO_ACCOUNTS and not get_user_model().objects.exists():
        say("Demo-Konferenz laden (einmalig, etwa eine Minute) …")
        with transaction.atomic():
            call_command("demo")
    _prepare_search()
    collect()


def collect() -> None:
    """Collect what browsers load, that of plugins too, unless it is what was collected last."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = [
        Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])
    ]
    stamp, mark = BUILD / "stamp-collected", fingerprint(found)
    if not is_current(stamp, mark):
        say("Dateien für Browser sammeln und packen (einmalig, etwa eine halbe Minute) …")
        call_command("collectstatic", interactive=False, verbosity=0)
        remember(stamp, mark)


def _prepare_search() -> None:
    """Write the search index where there is none, or where it was written by other code."""
    from django.core.management import call_command

    from home.search.models import Entry

    stamp, mark = BUILD / "stamp-search", fingerprint([BASE / "home", BASE / "requirements.txt"])
    if not is_current(stamp, mark) or not Entry.objects.exists():
        say("Suche vorbereiten …")
        call_command("search_index", verbosity=0)
        remember(stamp, mark)


def _serve() -> int:
    """Run both processes until a signal comes or one of them ends; then end the other too."""
    say("Webserver und Worker starten …")
    tools = Path(sys.executable).parent
    gunicorn = [str(tools / "gunicorn"), "klk_site.wsgi", f"--bind={HOST}:{PORT}"]
    gunicorn += [f"--workers={WORKERS}", "--threads=4", "--log-level=error"]
    gunicorn += ["--timeout=60", "--graceful-timeout=5"]
    worker = [sys.executable, "manage.py", "worker"]
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    # Each in a session of its own: Ctrl+C reaches this process only, which then ends both in order.
    processes = [
        subprocess.Popen(command, cwd=BASE, start_new_session=True)
        for command in (gunicorn, worker)
    ]
    try:
        while not _answers():
            _raise_if_ended(processes)
            time.sleep(0.1)
        _print_addresses()
        while True:
            _raise_if_ended(processes)
            time.sleep(0.5)
    except _Stop as reason:
        say(f"{reason} Bis bald." if reason.status == 0 else f"{reason}")
        return reason.status
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


class _Stop(Exception):
    """The reason why serving ends, and with which exit status."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status


def _end(_number: int, _frame: object) -> None:
    raise _Stop("Beendet.", status=0)


def _raise_if_ended(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is not None:
            command = " ".join(map(str, process.args))  # type: ignore[arg-type]
            raise _Stop(f"Unerwartet beendet: {command}", status=1)


def _answers() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, PORT)) == 0


def _print_addresses() -> None:
    from django.conf import settings

    print(f"\n  Website         {ADDRESS}/")
    print(f"  Mitglieder      {ADDRESS}/admin/")
    if settings.KLK_DEMO_ACCOUNTS:
        print(f"\n  Demo-Zugänge, Passwort für alle: {settings.KLK_DEMO_PASSWORD}")
        for names, role in LOGINS:
            print(f"    {names:<27} {role}")
    print(f"\n  Beenden mit Strg+C. {places()}\n", flush=True)


def places() -> str:
    """Where the data lie: all of them in var/, or the database and the files elsewhere."""
    from django.conf import settings

    base = settings.DATABASES["default"]
    database = f"{base['NAME']} auf {base['HOST']}" if base["HOST"] else str(base["NAME"])
    stores = [settings.STORAGES[name]["OPTIONS"] for name in ("default", "private")]
    files = [
        f"S3-Bucket {store['bucket_name']}/{store['location']}"
        if "bucket_name" in store
        else store["location"]
        for store in stores
    ]
    if all(Path(place).is_relative_to(VAR) for place in (database, *files)):
        return "Alle Daten liegen in var/ und bleiben."
    return f"Die Daten bleiben: Datenbank {database}, Dateien {' und '.join(files)}."


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Abgebrochen; der nächste Aufruf macht hier weiter.")
