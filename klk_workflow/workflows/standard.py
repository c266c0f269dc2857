"""The workflow of the two built-in types: four eyes from another Land, then publication."""

from django.utils.translation import gettext_lazy as _

from klk_workflow.roles import EVERY_MEMBER, FREIGABE, OWN_OFFICE, PRUEFUNG, REDAKTION, SYSTEM
from klk_workflow.workflows import guards
from klk_workflow.workflows.definition import Effect, Remark, State, Step, Transition, Workflow

_OWN = frozenset({OWN_OFFICE})
_DECIDING = frozenset({PRUEFUNG, FREIGABE})

STATES = (
    State("entwurf", _("Entwurf"), readers=_OWN, editors=_OWN),
    State("eingereicht", _("Eingereicht"), readers=_OWN | _DECIDING),
    State("geprueft", _("Geprüft"), readers=_OWN | _DECIDING),
    State(
        "in_ueberarbeitung",
        _("In Überarbeitung"),
        readers=_OWN,
        editors=_OWN,
        snapshot_readers=_DECIDING,
    ),
    State("freigegeben", _("Freigegeben"), readers=frozenset({EVERY_MEMBER})),
    State("veroeffentlicht", _("Veröffentlicht"), readers=frozenset({EVERY_MEMBER}), final=True),
    State("archiviert", _("Archiviert"), readers=frozenset({EVERY_MEMBER}), final=True),
)

_WITH_EDITION = {state.key: (REDAKTION,) for state in STATES}

TRANSITIONS = (
    Transition(
        "einreichen",
        _("Einreichen"),
        _("eingereicht"),
        by={"entwurf": (OWN_OFFICE,), "in_ueberarbeitung": (OWN_OFFICE,)},
        target="eingereicht",
        guards=(guards.complete, guards.changed),
        remark=Remark.OPTIONAL,
        step=Step.SUBMIT,
        effect=Effect.OPEN_ROUND,
        notifies=(PRUEFUNG, OWN_OFFICE),
        primary=True,
    ),
    Transition(
        "zuruecknehmen",
        _("Zurücknehmen"),
        _("zurückgenommen"),
        by={"eingereicht": (OWN_OFFICE,)},
        target="entwurf",
        remark=Remark.OPTIONAL,
        notifies=(OWN_OFFICE,),
    ),
    Transition(
        "weitergeben",
        _("Als geprüft weitergeben"),
        _("geprüft"),
        by={"eingereicht": (PRUEFUNG,)},
        target="geprueft",
        guards=(guards.four_eyes, guards.other_land),
        remark=Remark.OPTIONAL,
        step=Step.REVIEW,
        notifies=(FREIGABE, OWN_OFFICE),
        primary=True,
    ),
    Transition(
        "ueberarbeitung_anfordern",
        _("Überarbeitung anfordern"),
        _("zur Überarbeitung zurückgegeben"),
        by={
            "eingereicht": (PRUEFUNG,),
            "geprueft": (FREIGABE, PRUEFUNG),
            "freigegeben": (FREIGABE, REDAKTION),
        },
        target="in_ueberarbeitung",
        guards=(guards.four_eyes, guards.other_land),
        remark=Remark.REQUIRED,
        notifies=(OWN_OFFICE,),
    ),
    Transition(
        "freigeben",
        _("Freigeben"),
        _("freigegeben"),
        by={"geprueft": (FREIGABE,)},
        target="freigegeben",
        guards=(guards.four_eyes, guards.other_land, guards.not_the_reviewer),
        remark=Remark.OPTIONAL,
        step=Step.APPROVE,
        notifies=(REDAKTION, OWN_OFFICE),
        primary=True,
    ),
    Transition(
        "veroeffentlichen",
        _("Veröffentlichen"),
        _("veröffentlicht"),
        by={"freigegeben": (REDAKTION, SYSTEM)},
        target="veroeffentlicht",
        guards=(guards.approved_as_it_is,),
        effect=Effect.MAKE_EDITION,
        notifies=(OWN_OFFICE,),
        primary=True,
    ),
    Transition(
        "termin_setzen",
        _("Termin setzen"),
        _("Termin gesetzt"),
        by={"freigegeben": (REDAKTION,)},
        effect=Effect.SET_DATE,
        notifies=(OWN_OFFICE,),
    ),
    Transition(
        "termin_aufheben",
        _("Termin aufheben"),
        _("Termin aufgehoben"),
        by={"freigegeben": (REDAKTION,)},
        guards=(guards.has_date,),
        effect=Effect.CLEAR_DATE,
        notifies=(OWN_OFFICE,),
    ),
    Transition(
        "neue_fassung",
        _("Neue Fassung beginnen"),
        _("neue Fassung begonnen"),
        by={"veroeffentlicht": (OWN_OFFICE,)},
        target="entwurf",
        remark=Remark.REQUIRED,
        effect=Effect.BEGIN_FASSUNG,
        notifies=(OWN_OFFICE,),
    ),
    Transition(
        "neue_fassung_verwerfen",
        _("Neue Fassung verwerfen"),
        _("neue Fassung verworfen"),
        by={"entwurf": (OWN_OFFICE,), "in_ueberarbeitung": (OWN_OFFICE,)},
        target="veroeffentlicht",
        guards=(guards.has_edition,),
        remark=Remark.OPTIONAL,
        effect=Effect.DISCARD_FASSUNG,
        notifies=(OWN_OFFICE,),
    ),
    Transition(
        "archivieren",
        _("Archivieren"),
        _("archiviert"),
        by={"veroeffentlicht": (REDAKTION,)},
        target="archiviert",
        remark=Remark.OPTIONAL,
        effect=Effect.ARCHIVE,
        notifies=(OWN_OFFICE,),
    ),
    Transition(
        "wieder_aufnehmen",
        _("Wieder aufnehmen"),
        _("wieder aufgenommen"),
        by={"archiviert": (REDAKTION,)},
        target="veroeffentlicht",
        remark=Remark.OPTIONAL,
        effect=Effect.UNARCHIVE,
        notifies=(OWN_OFFICE,),
    ),
    Transition(
        "fassung_zurueckziehen",
        _("Fassung zurückziehen"),
        _("Fassung zurückgezogen"),
        by=_WITH_EDITION,
        guards=(guards.edition_is_shown,),
        remark=Remark.REQUIRED,
        effect=Effect.WITHDRAW,
        notifies=(OWN_OFFICE,),
        on_edition=True,
    ),
    Transition(
        "fassung_wieder_zeigen",
        _("Fassung wieder zeigen"),
        _("Fassung wieder gezeigt"),
        by=_WITH_EDITION,
        guards=(guards.edition_is_withdrawn,),
        remark=Remark.REQUIRED,
        effect=Effect.SHOW_AGAIN,
        notifies=(OWN_OFFICE,),
        on_edition=True,
    ),
)

STANDARD = Workflow("standard", 1, STATES, TRANSITIONS)
