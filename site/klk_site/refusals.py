"""What a production site must not be started with."""

from collections.abc import Iterator
from typing import Any

MIN_SECRET_LENGTH = 50
#: What the law wants to be said of who runs the site: § 5 DDG, Art. 13 DSGVO, § 12b BGG.
OPERATOR = {
    "KLK_OPERATOR_NAME": "wer die Website betreibt",
    "KLK_OPERATOR_ADDRESS": "die Anschrift für das Impressum",
    "KLK_OPERATOR_EMAIL": "die Adresse für Anfragen und gemeldete Barrieren",
    "KLK_OPERATOR_AUTHORITY": "die Aufsichtsbehörde für den Datenschutz",
    "KLK_OPERATOR_ARBITRATION": "die Schlichtungsstelle zur Barrierefreiheit",
}


def insecure_values(settings: Any) -> Iterator[str]:
    """Name each value that production refuses; none for the demo."""
    if settings.KLK_ENVIRONMENT not in {"demo", "production"}:
        yield f"KLK_ENVIRONMENT={settings.KLK_ENVIRONMENT!r}: demo oder production"
    if settings.KLK_ENVIRONMENT == "demo":
        return
    if settings.SECRET_KEY == settings.DEMO_SECRET_KEY:
        yield "SECRET_KEY fehlt; es gilt noch der Schlüssel der Demo"
    elif len(settings.SECRET_KEY) < MIN_SECRET_LENGTH:
        yield f"SECRET_KEY ist zu kurz; mindestens {MIN_SECRET_LENGTH} Zeichen"
    if settings.DEBUG:
        yield "DEBUG ist eingeschaltet; Fehlerseiten zeigten Einstellungen und Texte"
    if any(host in {"*", ""} for host in settings.ALLOWED_HOSTS) or not settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS nennt keine festen Namen, sondern erlaubt jeden"
    if settings.KLK_DEMO_ACCOUNTS:
        yield "KLK_DEMO_ACCOUNTS ist eingeschaltet; erfundene Personen könnten sich anmelden"
    if not settings.KLK_BASE_URL.startswith("https://"):
        yield f"KLK_BASE_URL={settings.KLK_BASE_URL!r} beginnt nicht mit https://"
    yield from _unsaid_operator(settings)
    if settings.EMAIL_BACKEND.rsplit(".", 2)[-2] in {"console", "dummy", "locmem"}:
        yield "EMAIL_URL nennt keinen Mailserver; Nachrichten gingen verloren"


def _unsaid_operator(settings: Any) -> Iterator[str]:
    for name, meaning in OPERATOR.items():
        if getattr(settings, name) in {"", settings.KLK_DEMO_OPERATOR}:
            yield f"{name} fehlt: {meaning}"
