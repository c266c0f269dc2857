"""*Als neuen Entwurf übernehmen*: an old text becomes the working copy again, as a new edit."""

from collections.abc import Iterable
from typing import Any

from klk_workflow import chain
from klk_workflow.content import history
from klk_workflow.content.digest import document_digest
from klk_workflow.content.editing import Desk, sign, writing
from klk_workflow.content.old_rows import Lost
from klk_workflow.models import Document, Event, Part
from klk_workflow.refusals import ContentChanged
from klk_workflow.roles import MITGLIED


def take_up(document: Document, event: Event, *, by: Any, seen_digest: str) -> list[Lost]:
    """Copy the text of an Event into the working copy; give what has no place there any more.

    What stood in the working copy is recorded first, with a note in the chain, so that it can be
    read and taken up again. Values are copied into live rows; reversion's revert is never called.
    Raises ContentChanged if the working copy is another than `seen_digest` now, NotAllowed or
    WrongState when it is not open to the person.
    """
    with writing(document, by) as desk:
        digest = document_digest(desk.document, desk.parts)
        if digest != seen_digest:
            raise ContentChanged
        old = history.snapshot(desk.document, event.revision_id)
        _keep(desk, digest, event)
        _fields(desk.document, old.fields)
        lost = [*old.lost]
        for kind in desk.document.type.parts:
            lost += _parts(desk, kind, [part for part in old.parts if isinstance(part, kind)])
        desk.parts = desk.document.parts()
    return lost


def _keep(desk: Desk, digest: str, event: Event) -> None:
    number, text = history.record(desk.document, desk.parts, comment=chain.TAKEN_UP)
    chain.note(
        desk.document,
        chain.TAKEN_UP,
        by=desk.person,
        role=MITGLIED,
        digest=digest,
        revision_id=number,
        text_digest=text,
        data={"seq": event.seq},
    )


def _fields(document: Document, values: dict[str, Any]) -> None:
    names = [name for name in document.content_fields() if name in values]
    changed = [name for name in names if getattr(document, name) != values[name]]
    for name in changed:
        setattr(document, name, values[name])
    if changed:
        document.version += 1
        document.save(update_fields=[*changed, "version"])


def _parts(desk: Desk, kind: type[Part], then: Iterable[Part]) -> list[Lost]:
    """Make the rows of a kind what they were; those of the outline neither come nor go."""
    live = {part.key: part for part in desk.parts if isinstance(part, kind)}
    files = {file.sha256 for file in desk.document.files.all() if not file.is_removed}
    lost = []
    for part in then:
        now = live.pop(part.key, None)
        missing = [digest for digest in part.file_digests() if digest not in files]
        lost += [Lost(str(part.label), "datei", digest[:12]) for digest in missing]
        if now is not None:
            _put(desk, part, now)
        elif not kind.addable:
            lost.append(Lost(str(part.label), kind.kind, part.plain_text()))
        elif not missing:
            part.pk = None
            _put(desk, part)
    if kind.addable:
        kind._default_manager.filter(pk__in=[part.pk for part in live.values()]).delete()
    return lost


def _put(desk: Desk, part: Part, now: Part | None = None) -> None:
    """Write the old values into the row of now, or into a new one; the same again is no edit."""
    if now is not None:
        if (now.leaf(), now.position) == (part.leaf(), part.position):
            return
        part.pk = now.pk
    part.version = now.version + 1 if now else 1
    sign(part, desk.person)
    part.save()
