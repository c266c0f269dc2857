"""Reading documents, their earlier versions and their Fassungen; writing a section."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from klk_workflow.admin.doors import document_of_type
from klk_workflow.admin.reading import versions
from klk_workflow.admin.writing.word import from_html
from klk_workflow.api import auth
from klk_workflow.api.conditions import seen
from klk_workflow.api.schemas import (
    ContentOut,
    DocumentOut,
    EditionOut,
    PageOut,
    PartOut,
    TextIn,
    TypeOut,
    VersionOut,
    VersionPageOut,
)
from klk_workflow.content.editing import save_part
from klk_workflow.extending import switches
from klk_workflow.models import Document, Edition, Event, Section
from klk_workflow.people import Person
from klk_workflow.permissions import Access, access, visible

PER_PAGE = 50

router = Router(tags=["documents"])


def find(person: Person, pk: int, needs: Access = Access.READ) -> Document:
    """The document as an instance of its type; Http404 for whoever does not meet it at `needs`."""
    document = document_of_type(pk)
    if access(person, document) < needs:
        raise Http404
    return document


@router.get("/types", response=list[TypeOut], auth=auth.READ, operation_id="types")
def types(request: HttpRequest) -> list[TypeOut]:  # noqa: ARG001 - ninja names it
    """The kinds of documents and their states."""
    return [
        TypeOut(
            key=kind.key,
            label=str(kind.label),
            states={state.key: str(state.label) for state in kind.workflow.states},
        )
        for kind in switches.active()
    ]


@router.get("/documents", response=PageOut, auth=auth.READ, operation_id="documents")
def documents(
    request: HttpRequest,
    type: str = "",  # noqa: A002 - the name in the address
    state: str = "",
    land: str = "",
    key: str = "",
    page: int = Query(1, ge=1),  # type: ignore[type-arg]
) -> PageOut:
    """The documents that you may read, last changed first, fifty a page."""
    wanted = {"type_key": type, "state": state, "land": land, "natural_key": key}
    rows = visible(auth.person_of(request)).filter(**{k: v for k, v in wanted.items() if v})
    count = rows.count()
    some = rows.order_by("-updated_at", "-pk")[(page - 1) * PER_PAGE : page * PER_PAGE]
    return PageOut(
        count=count,
        next=page + 1 if count > page * PER_PAGE else None,
        items=[_document(row) for row in some],
    )


@router.get("/documents/{int:pk}", response=ContentOut, auth=auth.READ, operation_id="document")
def document(request: HttpRequest, response: HttpResponse, pk: int) -> ContentOut:
    """The content as it is now; while an office mends it, the others get what was submitted."""
    person = auth.person_of(request)
    found = find(person, pk, Access.SNAPSHOT)
    if access(person, found) >= Access.READ:
        content = versions.now(found)
    else:
        events = list(found.events.order_by("seq"))
        submitted = versions.submitted(found, events)
        if submitted is None:
            raise Http404
        content = submitted
    return _content(response, found, content)


@router.get(
    "/documents/{int:pk}/versions",
    response=VersionPageOut,
    auth=auth.READ,
    operation_id="versions",
)
def versions_of(
    request: HttpRequest,
    pk: int,
    page: int = Query(1, ge=1),  # type: ignore[type-arg]
) -> VersionPageOut:
    """What happened to a document, newest first."""
    person = auth.person_of(request)
    found = find(person, pk, Access.STATUS)
    rows = found.events.order_by("-seq")
    some = list(rows[(page - 1) * PER_PAGE : page * PER_PAGE])
    readable = versions.readable(person, found).filter(pk__in=[event.pk for event in some])
    open_ones = set(readable.values_list("pk", flat=True))
    count = rows.count()
    return VersionPageOut(
        count=count,
        next=page + 1 if count > page * PER_PAGE else None,
        items=[_version(event, readable=event.pk in open_ones) for event in some],
    )


@router.get(
    "/documents/{int:pk}/versions/{int:seq}",
    response=ContentOut,
    auth=auth.READ,
    operation_id="version",
)
def version(request: HttpRequest, response: HttpResponse, pk: int, seq: int) -> ContentOut:
    """The content as it was at this Event."""
    person = auth.person_of(request)
    found = find(person, pk, Access.STATUS)
    event = get_object_or_404(versions.readable(person, found), seq=seq)
    return _content(response, found, versions.at(found, event))


@router.get(
    "/documents/{int:pk}/editions",
    response=list[EditionOut],
    auth=auth.READ,
    operation_id="editions",
)
def editions(request: HttpRequest, pk: int) -> list[EditionOut]:
    """The published Fassungen, newest first; their content stands at their public address."""
    found = find(auth.person_of(request), pk, Access.STATUS)
    rows = Edition.objects.filter(document_id=found.pk).defer("html", "json").order_by("-number")
    return [
        EditionOut(
            number=row.number,
            title=row.title,
            url=request.build_absolute_uri(row.permanent_url()),
            digest=row.digest,
            published_at=row.published_at,
            is_current=row.is_current,
            is_withdrawn=row.is_withdrawn,
        )
        for row in rows
    ]


@router.put(
    "/documents/{int:pk}/sections/{str:key}",
    response=PartOut,
    auth=auth.WRITE,
    operation_id="write_section",
)
def write_section(
    request: HttpRequest, response: HttpResponse, pk: int, key: str, payload: TextIn
) -> PartOut:
    """Put new text into a section. If-Match names the part's version that you read.

    The HTML is cleaned as pasted text is; what was left out stands in the header Klk-Left-Out.
    """
    person = auth.person_of(request)
    find(person, pk)
    section = get_object_or_404(Section, document_id=pk, key=key)
    said = seen(request)
    imported = from_html(payload.html)
    saved = save_part(
        section,
        by=person,
        seen_version=int(said) if said.isdecimal() else 0,
        changes={"body": json.dumps([{"type": t, "value": v} for t, v in imported.blocks])},
    )
    response["ETag"] = f'"{saved.version}"'
    if imported.left_out:
        response["Klk-Left-Out"] = " ".join("; ".join(map(str, imported.left_out)).split())
    return _part(saved)


def _document(row: Document) -> DocumentOut:
    return DocumentOut(
        id=row.pk,
        key=row.natural_key,
        type=row.type_key,
        title=row.title,
        land=row.land,
        state=row.state,
        digest=row.digest,
        round=row.round,
        editions=row.edition_count,
        updated_at=row.updated_at,
    )


def _content(response: HttpResponse, row: Document, content: versions.Content) -> ContentOut:
    digest = content.event.digest if content.event else row.digest
    response["ETag"] = f'"{digest}"'
    return ContentOut(
        document=_document(row),
        digest=digest,
        fields=content.document.canonical_fields(),
        parts=[_part(part) for part in content.parts],
    )


def _part(part: Any) -> PartOut:
    return PartOut(id=part.pk, version=part.version, content=part.content())


def _version(event: Event, *, readable: bool) -> VersionOut:
    return VersionOut(
        seq=event.seq,
        at=event.at,
        action=event.action,
        from_state=event.from_state,
        to_state=event.to_state,
        role=event.actor_role,
        office=event.actor_office,
        digest=event.digest,
        round=event.round,
        edition=event.edition_number,
        hash=event.hash,
        readable=readable,
    )
