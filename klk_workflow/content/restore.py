"""Put published content back into the working copy."""

from klk_workflow.content.digest import document_digest
from klk_workflow.content.history import Snapshot, snapshot
from klk_workflow.models import Document, Event, Part
from klk_workflow.workflows.definition import Effect


def published(document: Document) -> Snapshot:
    """The content of the current Edition, from the revision of the Event that made it."""
    made = (
        Event.objects.filter(document_id=document.pk, edition_number=document.edition_count)
        .filter(action__in=document.actions_with(Effect.MAKE_EDITION))
        .order_by("-seq")
        .first()
    )
    if made is None:
        raise LookupError(f"{document.natural_key} has no published content")
    return snapshot(document, made.revision_id)


def restore(document: Document, content: Snapshot) -> list[Part]:
    """Make the working copy what `content` says, parts included; give its parts.

    Values are copied into live rows; reversion's own revert is never called.
    """
    for name in document.content_fields():
        setattr(document, name, content.fields[name])
    if document.content_fields():
        document.save(update_fields=document.content_fields())
    for kind in document.type.parts:
        wanted = {part.key: part for part in content.parts if isinstance(part, kind)}
        kind._default_manager.filter(document_id=document.pk).exclude(key__in=wanted).delete()
        live = {p.key: p for p in kind._default_manager.filter(document_id=document.pk)}
        for key, old in wanted.items():
            old.pk = live[key].pk if key in live else None
            old.version = (live[key].version if key in live else 0) + 1
            old.save()
    parts = document.parts()
    document.digest = document_digest(document, parts)
    return parts
