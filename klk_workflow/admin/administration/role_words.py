"""The roles in words, and from the workflow: who reads and does what in which state."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from klk_workflow.registry import registry
from klk_workflow.roles import (
    ADMINISTRATION,
    EVERY_MEMBER,
    FREIGABE,
    GROUPS,
    MITGLIED,
    OWN_OFFICE,
    PRUEFUNG,
    REDAKTION,
)
from klk_workflow.workflows.definition import State, Text

WORDS: dict[str, list[Text]] = {
    MITGLIED: [
        _("schreibt die Dokumente der eigenen Stelle und reicht sie ein"),
        _("liest alles, was freigegeben oder veröffentlicht ist, auch was nur für die KLK ist"),
        _("beginnt eine neue Fassung, wenn sich etwas ändert"),
    ],
    PRUEFUNG: [
        _("liest, was eingereicht ist, und vermerkt Anmerkungen"),
        _("gibt Geprüftes weiter oder bittet um Überarbeitung"),
        _("prüft nichts aus dem eigenen Land und nichts, woran sie selbst geschrieben hat"),
    ],
    FREIGABE: [
        _("liest, was geprüft ist, und gibt es frei oder bittet um Überarbeitung"),
        _("gibt nichts frei, was sie selbst geprüft oder geschrieben hat"),
    ],
    REDAKTION: [
        _("veröffentlicht, was freigegeben ist, sofort oder zu einem Termin"),
        _("archiviert, zieht Fassungen zurück und zeigt sie wieder"),
        _("pflegt die Seiten, Bilder und Dateien der öffentlichen Website"),
    ],
    ADMINISTRATION: [
        _("verwaltet Personen, Stellen, Zeiträume und Gliederungen"),
        _("sieht, wo jedes Dokument steht und was damit geschah, aber keine Entwürfe"),
        _("kann kein Dokument freigeben oder veröffentlichen"),
    ],
}

_WHO = {
    OWN_OFFICE: _("die eigene Stelle"),
    EVERY_MEMBER: _("alle Mitglieder"),
    PRUEFUNG: _("Prüfung"),
    FREIGABE: _("Freigabe"),
    REDAKTION: _("Redaktion"),
}


def explained() -> dict[str, Any]:
    """Roles with what they may do; states of the workflow with who reads and writes."""
    first = next(iter(registry), None)
    states = first.workflow.states if first else ()
    return {
        "roles": [(role, WORDS[role]) for role in GROUPS],
        "states": [_state(state) for state in states],
    }


def _state(state: State) -> dict[str, Any]:
    return {
        "label": state.label,
        "writes": _names(state.editors) or _("niemand"),
        "reads": _names(state.readers),
        "snapshot": _names(state.snapshot_readers),
    }


def _names(roles: frozenset[str]) -> str:
    return ", ".join(str(word) for role, word in _WHO.items() if role in roles)
