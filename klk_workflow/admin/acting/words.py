"""What the acts say: the question before, the sentence after, and whether anybody can decide."""

from django.utils.translation import gettext as _

from klk_workflow.admin import status
from klk_workflow.models import Contribution, Document, Event
from klk_workflow.people import Person, eligible
from klk_workflow.roles import FREIGABE, MITGLIED, OWN_OFFICE, PRUEFUNG, REDAKTION
from klk_workflow.workflows.definition import Effect, Step, Transition
from klk_workflow.workflows.votes import joint_ways


def question(document: Document, way: Transition) -> str:
    """What will happen, in a sentence or two."""
    by_step = {
        Step.SUBMIT: _(
            "Danach liest die Prüfung den Text, und Sie können ihn nicht mehr ändern. "
            "Solange niemand entschieden hat, können Sie ihn zurücknehmen."
        ),
        Step.REVIEW: _("Danach entscheiden mehrere gemeinsam.")
        if _leads_to_joint(document, way)
        else _("Danach entscheidet die Freigabe."),
        Step.APPROVE: _("Danach lesen alle Mitglieder den Text, und die Redaktion veröffentlicht."),
    }
    by_effect = {
        Effect.MAKE_EDITION: _("Ab sofort liest die Öffentlichkeit Fassung %(n)d.")
        % {"n": document.edition_count + 1},
        Effect.SET_DATE: _("Fassung %(n)d erscheint dann von selbst.")
        % {"n": document.edition_count + 1},
        Effect.BEGIN_FASSUNG: _(
            "Sie arbeiten an einem neuen Entwurf. Die veröffentlichte Fassung bleibt, wie sie ist."
        ),
        Effect.DISCARD_FASSUNG: _(
            "Der Entwurf wird wieder zum veröffentlichten Text. "
            "Was Sie geschrieben haben, bleibt im Verlauf."
        ),
        Effect.ARCHIVE: _("Das Dokument verschwindet aus den Listen; seine Adressen bleiben."),
        Effect.UNARCHIVE: _("Das Dokument steht wieder in den Listen."),
        Effect.WITHDRAW: _("An die Stelle des Textes tritt ein Hinweis mit Ihrem Grund."),
        Effect.SHOW_AGAIN: _("Die Öffentlichkeit liest diese Fassung wieder."),
    }
    others = {
        "zuruecknehmen": _("Der Text kommt zurück zu Ihnen, und Sie können ihn wieder ändern."),
        "ueberarbeitung_anfordern": _("Der Text geht mit Ihrer Bemerkung zurück an die Stelle."),
        "termin_aufheben": _("Das Dokument erscheint nicht mehr von selbst."),
    }
    if way.quorum:
        return _("Damit stimmt Ihr Land oder Ihre Stelle dem Text zu. Andere entscheiden mit.")
    if way.key in others:
        return others[way.key]
    return by_step.get(way.step, "") if way.step else by_effect.get(way.effect, "")


def _leads_to_joint(document: Document, way: Transition) -> bool:
    return any(then.quorum for then in document.workflow.leaving(way.target or document.state))


def done(document: Document, way: Transition, event: Event) -> str:
    """What happened and who knows of it now: "Eingereicht. Die Prüfung wurde benachrichtigt."."""
    if way.quorum and event.to_state == event.from_state:
        return _("Ihre Zustimmung ist festgehalten. Es fehlen noch andere.")
    words = str(way.done)
    said = f"{words[:1].upper()}{words[1:]}."
    if way.effect == Effect.SET_DATE and document.scheduled_for:
        when = status.day_and_time(document.scheduled_for)
        said = _("Der Termin steht: %(when)s.") % {"when": when}
    names = {
        PRUEFUNG: _("Die Prüfung wurde benachrichtigt."),
        FREIGABE: _("Die Freigabe wurde benachrichtigt."),
        REDAKTION: _("Die Redaktion wurde benachrichtigt."),
        OWN_OFFICE: _("Die Stelle wurde benachrichtigt."),
    }
    if event.to_state != event.from_state and joint_ways(document):
        return f"{said} {_('Wer gemeinsam entscheidet, wurde benachrichtigt.')}"
    told = [role for role in way.notifies if role in names]
    if event.actor_role == MITGLIED:
        told = [role for role in told if role != OWN_OFFICE]
    return " ".join([said, *(names[role] for role in told[:1])])


def nobody_to_decide(document: Document, person: Person) -> list[str]:
    """Sentences for each step that nobody could take: the pool without those who wrote."""
    wrote = Contribution.objects.filter(
        document_id=document.pk, since_edition=document.edition_count
    ).values_list("user_id", flat=True)
    without = {*wrote, *([person.user_id] if person.user_id else [])}
    pools = {
        step: set(_pool(role, document, without))
        for step, role in ((Step.REVIEW, PRUEFUNG), (Step.APPROVE, FREIGABE))
    }
    said = []
    if not pools[Step.REVIEW]:
        said.append(_("Zurzeit kann niemand prüfen, der nicht selbst daran geschrieben hat."))
    if not pools[Step.APPROVE]:
        said.append(_("Zurzeit kann niemand freigeben, der nicht selbst daran geschrieben hat."))
    if not said and len(pools[Step.REVIEW] | pools[Step.APPROVE]) == 1:
        said.append(
            _("Prüfen und freigeben müssen zwei Personen; zurzeit kommt nur eine in Frage.")
        )
    return said


def _pool(role: str, document: Document, without: set[int]) -> list[int]:
    pool = eligible([role], document, from_other_land=[role])
    return [one.user_id for one in pool if one.user_id not in without]
