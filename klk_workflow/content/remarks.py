"""Remarks beside the text: who may note, answer and settle what; rows are only ever added."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from klk_workflow import clock
from klk_workflow.models import Document, Event, Part, Remark
from klk_workflow.people import Person
from klk_workflow.permissions import Access, access, is_own
from klk_workflow.refusals import NotAllowed, Refused
from klk_workflow.roles import GROUPS, MITGLIED
from klk_workflow.workflows.definition import Effect, Step

#: The longest remark, in characters.
MAX_LENGTH = 4000

_DECISIONS = (Step.REVIEW, Step.APPROVE)
_PUBLIC = (Effect.BEGIN_FASSUNG, Effect.WITHDRAW)


@dataclass
class Thread:
    """A remark with its answers, oldest first; settled once somebody said "erledigt"."""

    remark: Remark
    answers: list[Remark] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Whether the last word is that it is done."""
        return any(answer.kind == Remark.Kind.RESOLVED for answer in self.answers)


def in_review(document: Document) -> bool:
    """Whether the document is being judged, or being mended after that."""
    if document.state_info.snapshot_readers:
        return True
    return any(way.step in _DECISIONS for way in document.workflow.leaving(document.state))


def may_see(person: Person, document: Document) -> bool:
    """The document's office and those who decide; not every member who reads the text later."""
    if access(person, document) < Access.SNAPSHOT:
        return False
    return is_own(person, document) or bool(person.held & document.workflow.deciding_roles)


def may_read(person: Person, document: Document, event: Event) -> bool:
    """Whether the words said at an Event are open to somebody who may know that it happened.

    To all who see remarks; else to those who could have taken that way or were told of it. What is
    said of a new Fassung, and why one was withdrawn, is public anyway; why there was an exception,
    or what was removed, is recorded to be shown.
    """
    if may_see(person, document) or not document.workflow.has(event.action):
        return True
    way = document.workflow.transition(event.action)
    concerned = {*way.by.get(event.from_state, ()), *way.notifies}
    return way.effect in _PUBLIC or bool(person.held & concerned)


def may_note(person: Person, document: Document) -> bool:
    """Those who decide note; the office that wrote the text answers."""
    own = is_own(person, document)
    return in_review(document) and may_see(person, document) and not own


def may_answer(person: Person, document: Document) -> bool:
    """Everybody who sees remarks may answer them and settle them while they matter."""
    return in_review(document) and may_see(person, document)


def threads(document: Document) -> list[Thread]:
    """All remarks of a document with their answers; one query."""
    found: dict[int, Thread] = {}
    for row in Remark.objects.filter(document_id=document.pk):
        if row.parent_id is None:
            found[row.pk] = Thread(row)
        elif row.parent_id in found:
            found[row.parent_id].answers.append(row)
    return list(found.values())


def note(document: Document, part: Part | None, *, by: Person, text: str) -> Remark:
    """Note something about a part as it is now, or about the whole. Refused without words."""
    if not may_note(by, document):
        raise NotAllowed
    row = Remark(
        document_id=document.pk,
        part_kind=part.kind if part else "",
        part_key=part.key if part else "",
        digest=part.leaf() if part else document.digest,
    )
    return _add(row, by, document, _words(text))


def answer(remark: Remark, *, by: Person, text: str) -> Remark:
    """Answer a remark. Refused without words."""
    return _follow(remark, Remark.Kind.REPLY, by, _words(text))


def settle(remark: Remark, *, by: Person, text: str = "") -> Remark:
    """Say that a remark is done; words are welcome, not needed."""
    return _follow(remark, Remark.Kind.RESOLVED, by, text.strip()[:MAX_LENGTH])


def _follow(remark: Remark, kind: str, by: Person, text: str) -> Remark:
    document = remark.document
    if not may_answer(by, document) or remark.parent_id is not None:
        raise NotAllowed
    row = Remark(
        document_id=document.pk,
        parent=remark,
        kind=kind,
        part_kind=remark.part_kind,
        part_key=remark.part_key,
        digest=remark.digest,
    )
    return _add(row, by, document, text)


def _add(row: Remark, by: Person, document: Document, text: str) -> Remark:
    row.text = text
    row.author_id = by.user_id or 0
    row.author_name = by.name[:150]
    row.author_role = _role(by, document)
    row.created_at = clock.now()
    row.save(force_insert=True)
    return row


def _role(person: Person, document: Document) -> str:
    if is_own(person, document):
        return MITGLIED
    deciding = document.workflow.deciding_roles
    return next(iter(_in_order(person.roles & deciding) or _in_order(person.roles)), "")


def _in_order(roles: Iterable[str]) -> list[str]:
    return [role for role in GROUPS if role in roles]


def _words(text: str) -> str:
    words = text.strip()
    if not words:
        raise Refused(_("Bitte schreiben Sie etwas dazu."))
    if len(words) > MAX_LENGTH:
        raise Refused(
            _("Das sind %(length)d Zeichen; möglich sind höchstens %(max)d.")
            % {"length": len(words), "max": MAX_LENGTH}
        )
    return words
