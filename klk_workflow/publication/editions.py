"""Editions: drafted from approved content, frozen, and no longer changed."""

from collections.abc import Iterable
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from klk_workflow.content.digest import canonical, hexdigest, public_content
from klk_workflow.content.files import copy_into_edition, edition_links
from klk_workflow.content.rendering import render_parts, table_of_contents
from klk_workflow.models import DocumentFile, Edition, EditionFile, Event, Part, Section
from klk_workflow.roles import FREIGABE, PRUEFUNG
from klk_workflow.workflows import exceptions
from klk_workflow.workflows.definition import Step
from klk_workflow.workflows.guards import Situation
from klk_workflow.workflows.votes import tally

#: Length of the summary in lists and feeds.
SUMMARY_WORDS = 60


def draft(situation: Situation, at: Event) -> tuple[Edition, list[DocumentFile]]:
    """The next Edition of an approved document, not saved yet, and the files that it shows.

    Only public parts enter; the language is German, whoever presses the button.
    """
    document = situation.document
    public = [part for part in situation.parts if part.is_public]
    number = document.edition_count + 1
    files = _files(document.pk, public)
    edition = Edition(
        document_id=document.pk,
        number=number,
        type_key=document.type_key,
        path=document.path,
        title=document.title,
        land=document.land,
        period_label=document.period.label if document.period else "",
        digest=situation.digest,
        published_at=at.at,
    )
    with translation.override("de"):
        links = edition_links(quote(edition.permanent_url()), files)
        edition.type_label = str(document.type.label)
        edition.offices = [office.name for office in document.offices.all()]
        edition.summary = _summary(public)
        edition.note = _note(document.pk, document.edition_count)
        edition.toc = table_of_contents(document, public)
        edition.proof = _proof(situation, at)
        head = document.type.head_template
        edition.html = render_to_string(
            document.type.fragment,
            {
                "document": document,
                "head": render_to_string(head, {"document": document}) if head else "",
                "parts": render_parts(document, public, links),
            },
        )
    edition.json = canonical(
        {
            **public_content(document, situation.parts),
            "title": document.title,
            "fassung": number,
            "offices": edition.offices,
            "digest": situation.digest,
        }
    ).decode()
    return edition, files


def frozen_digest(edition: Edition, files: Iterable[DocumentFile | EditionFile]) -> str:
    """The digest of everything in an Edition that must never change; its Event holds it."""
    rows = sorted([file.sha256, file.name, file.mime, file.size] for file in files)
    return hexdigest({**edition.frozen(), "files": rows})


def freeze(edition: Edition, files: list[DocumentFile], made_by: Event) -> None:
    """Write a drafted Edition as the current one; the one before is superseded."""
    if edition.number > 1:
        before = Edition.objects.filter(document_id=edition.document_id, is_current=True)
        before.update(is_current=False)
    edition.head = made_by.hash
    edition.save(force_insert=True)
    copy_into_edition(edition, files)


def _files(document_id: int, parts: list[Part]) -> list[DocumentFile]:
    wanted = [digest for part in parts for digest in part.file_digests()]
    if not wanted:
        return []
    found = DocumentFile.objects.filter(document_id=document_id, sha256__in=wanted)
    return sorted(found, key=lambda file: wanted.index(file.sha256))


def _summary(parts: list[Part]) -> str:
    first = next((part for part in parts if isinstance(part, Section)), None)
    words = first.plain_text().split() if first else []
    return " ".join(words[:SUMMARY_WORDS]) + (" …" if len(words) > SUMMARY_WORDS else "")


def _note(document_id: int, edition_count: int) -> str:
    if not edition_count:
        return ""
    begun = Event.objects.filter(document_id=document_id, action="neue_fassung").order_by("-seq")
    return begun.values_list("remark", flat=True).first() or ""


def _proof(situation: Situation, at: Event) -> list[dict[str, str]]:
    """How it was approved: roles and offices, never persons (design, "Publicly shown")."""
    offices = ", ".join(office.name for office in situation.document.offices.all())
    elsewhere = _("andere Stelle als die berichtende")
    said = {
        Step.SUBMIT: (_("Eingereicht"), offices),
        Step.REVIEW: (_("Geprüft"), f"{_(PRUEFUNG)}, {elsewhere}"),
        Step.APPROVE: (_("Freigegeben"), f"{_(FREIGABE)}, {elsewhere}"),
    }
    proof = []
    for step, (label, who) in said.items():
        event = situation.last(step)
        if event:
            together = _together(situation, event)
            by = _by_exception(event) or who
            if event.represented_id:
                by = _("%(who)s, in Vertretung") % {"who": by}
            said_of = {"label": label, "who": by, "on": _day(event)}
            proof.append(together or said_of)
    proof.append({"label": _("Veröffentlicht"), "who": "", "on": _day(at)})
    return proof


def _by_exception(event: Event) -> str:
    """Who took a step that an exception allowed: the role, and what was lifted."""
    lifted = event.data.get(exceptions.USED, {})
    if not lifted:
        return ""
    said = _("%(role)s, mit Ausnahme: %(what)s")
    return said % {"role": _(event.actor_role), "what": exceptions.words(lifted)}


def _together(situation: Situation, event: Event) -> dict[str, str] | None:
    """A joint decision in the proof: how many consented, and how many by keeping silent."""
    way = situation.document.workflow.transition(event.action)
    if way.quorum is None:
        return None
    joint = tally(situation.document, way, situation.round_events)
    return {"label": capfirst(str(way.done)), "who": joint.words, "on": _day(event)}


def _day(event: Event) -> str:
    return timezone.localtime(event.at).date().isoformat()
