"""What the record says of Editions: they are what was approved, whole, and shown as recorded."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from klk_workflow.chain import PDF_MADE
from klk_workflow.content.digest import content_digest
from klk_workflow.evidence.lawful import REMOVED, Taken
from klk_workflow.evidence.record import Record
from klk_workflow.models import Edition, Event
from klk_workflow.publication.editions import frozen_digest
from klk_workflow.workflows.definition import Effect


def faults(found: Record, gone: Taken) -> Iterator[tuple[int, str]]:
    """What is wrong with the Editions of a document: the Event's number, and what."""
    yield from _editions(found, gone)
    yield from _shown(found, gone)
    yield from _renditions(found, gone)


def _editions(found: Record, gone: Taken) -> Iterator[tuple[int, str]]:
    document = found.document
    making = {
        event.edition_number or 0: event
        for event in found.events
        if document.effect_of(event) == Effect.MAKE_EDITION
    }
    if [edition.number for edition in found.editions] != sorted(making):
        yield 0, _("Fassungen und Vorgänge passen nicht zusammen")
        return
    for edition in found.editions:
        event = making[edition.number]
        for what in _wrong_with(found, edition, event, gone):
            yield event.seq, what


def changed(found: Record, gone: Taken) -> Iterator[tuple[int, str]]:
    """Which Editions are not as they were frozen; no workflow is asked."""
    made = {event.hash: event for event in found.events if "frozen" in event.data}
    for edition in found.editions:
        event = made.get(edition.head)
        if event is None:
            yield 0, _("Fassung %(n)d verändert") % {"n": edition.number}
            continue
        for what in _wrong_with(found, edition, event, gone):
            yield event.seq, what


def _wrong_with(found: Record, edition: Edition, event: Event, gone: Taken) -> Iterator[str]:
    number = {"n": edition.number}
    files = found.files.get(edition.number, [])
    frozen = gone.editions.get(edition.number, event.data.get("frozen"))
    if frozen_digest(edition, files) != frozen or edition.head != event.hash:
        yield _("Fassung %(n)d verändert") % number
    for file in files:
        if not found.is_intact(file):
            yield _("Datei %(name)s verändert") % {"name": file.name}
    is_removed = edition.number in gone.editions
    if edition.digest != event.digest or not (is_removed or _recomputes(edition)):
        yield _("Prüfsumme der Fassung %(n)d") % number


def _shown(found: Record, gone: Taken) -> Iterator[tuple[int, str]]:
    """Which Fassung is current, withdrawn or archived follows from the Events alone."""
    current, is_archived = 0, False
    withdrawn = dict[int, tuple[datetime, str]]()
    for event in found.events:
        effect, number = found.document.effect_of(event), event.edition_number or 0
        if effect == Effect.MAKE_EDITION:
            current = number
        elif effect == Effect.WITHDRAW:
            withdrawn[number] = event.at, event.remark
        elif effect == Effect.SHOW_AGAIN:
            withdrawn.pop(number, None)
        elif effect in {Effect.ARCHIVE, Effect.UNARCHIVE}:
            is_archived = effect == Effect.ARCHIVE
        elif event.action == REMOVED:
            withdrawn |= {int(n): (event.at, "") for n in event.data["editions"]}
    for edition in found.editions:
        number = edition.number
        since, reason = withdrawn.get(number, (None, ""))
        said = (number == current, is_archived, since, reason, number in gone.editions)
        flags = (edition.is_current, edition.is_archived, edition.withdrawn_at)
        if (*flags, edition.withdrawn_reason, edition.is_removed) != said:
            what = _("Fassung %(n)d ist anders sichtbar, als die Vorgänge sagen") % {"n": number}
            yield len(found.events), what


def _renditions(found: Record, gone: Taken) -> Iterator[tuple[int, str]]:
    said = {
        (e.edition_number or 0, e.data["kind"]): e for e in found.events if e.action == PDF_MADE
    }
    rows = {(n, row.kind): row for n, kept in found.renditions.items() for row in kept}
    for place in sorted(said.keys() | rows.keys(), key=str):
        event, row, number = said.get(place), rows.get(place), {"n": place[0]}
        if row is None and place[0] in gone.editions:
            continue
        seq = event.seq if event else 0
        if event is None or row is None or (event.data, event.at) != (row.said(), row.made_at):
            yield seq, _("PDF der Fassung %(n)d und Vorgang passen nicht zusammen") % number
        elif not found.is_intact(row):
            yield seq, _("PDF der Fassung %(n)d verändert") % number


def _recomputes(edition: Edition) -> bool:
    data = json.loads(edition.json)
    names = ("schema", "type", "key", "fields", "public", "internal")
    return content_digest({name: data[name] for name in names}) == edition.digest
