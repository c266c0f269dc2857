"""What the scripts of the writing page say, in the person's language."""

from django.utils.translation import gettext as _


def page_words() -> dict[str, str | dict[str, str]]:
    """The texts by the name under which the script asks for them."""
    return {
        "saved": _("gespeichert {time}"),
        "saved_now": _("gerade eben gespeichert"),
        "saving": _("wird gespeichert …"),
        "unsaved": _("noch nicht gespeichert"),
        "invalid": _("noch nicht gespeichert, es fehlt noch: {fields}"),
        "offline": _("Keine Verbindung – Ihr Text ist noch hier."),
        "offline_more": _("Wir versuchen es weiter. Lassen Sie diese Seite offen."),
        "login": _("Ihre Sitzung ist abgelaufen – Ihr Text ist noch hier."),
        "login_link": _("In neuem Fenster anmelden"),
        "login_more": _("Danach wird hier von selbst gespeichert."),
        "gone": _("Speichern ist gerade nicht möglich – Ihr Text ist noch hier."),
        "too_large": _("Das ist zu groß zum Speichern – Ihr Text ist noch hier."),
        "copy": _("Text kopieren"),
        "copied": _("Text ist kopiert"),
        "rescued": _(
            "Auf diesem Gerät liegt noch Text zu diesem Teil, der nicht gespeichert wurde."
        ),
        "rescue": _("Ansehen"),
        "discard": _("Verwerfen"),
        "words": _("{n} Wörter"),
        "words_of": _("{n} von höchstens {max} Wörtern"),
        "add_article": _("+ Artikel"),
        "fewer_articles": _("Fertig"),
        "reading": _("Der eingefügte Text wird aufbereitet …"),
        "pasted": _("Eingefügt."),
        "left_out": _("Nicht übernommen: {what}."),
        "paste_failed": _("Die Formatierung ging beim Einfügen verloren; der Text ist da."),
        "word_failed": _(
            "Die Datei konnte nicht gelesen werden. Bitte versuchen Sie es noch einmal."
        ),
        "table": _table_words(),
    }


def _table_words() -> dict[str, str]:
    return {
        "row_above": _("Zeile darüber einfügen"),
        "row_below": _("Zeile darunter einfügen"),
        "col_left": _("Spalte links einfügen"),
        "col_right": _("Spalte rechts einfügen"),
        "remove_row": _("Zeile entfernen"),
        "remove_rows": _("Zeilen entfernen"),
        "remove_col": _("Spalte entfernen"),
        "remove_cols": _("Spalten entfernen"),
        "undo": _("Rückgängig"),
        "redo": _("Wiederherstellen"),
        "add_row": _("+ Zeile"),
        "add_col": _("+ Spalte"),
        "drop_row": _("− letzte Zeile"),
        "drop_col": _("− letzte Spalte"),
    }
