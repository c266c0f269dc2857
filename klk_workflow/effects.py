"""What a transition does besides moving the state; `perform` calls it under its lock."""

from collections.abc import Callable

from klk_workflow import clock
from klk_workflow.content.restore import published, restore
from klk_workflow.models import Contribution, Edition
from klk_workflow.workflows.definition import Effect
from klk_workflow.workflows.guards import Situation


def contribute(document_id: int, user_id: int | None, since_edition: int) -> None:
    """Remember that this person took part in writing since that Edition."""
    if user_id is not None:
        row = Contribution(document_id=document_id, user_id=user_id, since_edition=since_edition)
        Contribution.objects.bulk_create([row], ignore_conflicts=True)


def _open_round(situation: Situation) -> None:
    document = situation.document
    document.round += 1
    contribute(document.pk, situation.person.user_id, document.edition_count)


def _set_date(situation: Situation) -> None:
    situation.document.scheduled_for = situation.date


def _clear_date(situation: Situation) -> None:
    situation.document.scheduled_for = None


def _discard(situation: Situation) -> None:
    restore(situation.document, published(situation.document))


def _begin(situation: Situation) -> None:
    document = situation.document
    contribute(document.pk, situation.person.user_id, document.edition_count)


def _archive(situation: Situation) -> None:
    Edition.objects.filter(document_id=situation.document.pk).update(is_archived=True)


def _unarchive(situation: Situation) -> None:
    Edition.objects.filter(document_id=situation.document.pk).update(is_archived=False)


def _withdraw(situation: Situation) -> None:
    if situation.edition:
        situation.edition.withdrawn_at = clock.now()
        situation.edition.withdrawn_reason = situation.remark
        situation.edition.save(update_fields=["withdrawn_at", "withdrawn_reason"])


def _show_again(situation: Situation) -> None:
    if situation.edition:
        situation.edition.withdrawn_at = None
        situation.edition.withdrawn_reason = ""
        situation.edition.save(update_fields=["withdrawn_at", "withdrawn_reason"])


EFFECTS: dict[Effect, Callable[[Situation], None]] = {
    Effect.OPEN_ROUND: _open_round,
    Effect.SET_DATE: _set_date,
    Effect.CLEAR_DATE: _clear_date,
    Effect.BEGIN_FASSUNG: _begin,
    Effect.DISCARD_FASSUNG: _discard,
    Effect.ARCHIVE: _archive,
    Effect.UNARCHIVE: _unarchive,
    Effect.WITHDRAW: _withdraw,
    Effect.SHOW_AGAIN: _show_again,
}


def apply(situation: Situation) -> None:
    """Do what the transition's effect says; a date set holds as long as the state it was set in."""
    if situation.transition.target:
        _clear_date(situation)
    effect = EFFECTS.get(situation.transition.effect)
    if effect:
        effect(situation)
