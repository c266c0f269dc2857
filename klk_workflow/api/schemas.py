"""The shapes of requests and answers; the OpenAPI description is made from them."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field

from klk_workflow.models import Event


class TypeOut(Schema):
    """A kind of document."""

    key: str
    label: str
    states: dict[str, str] = Field(description="Key and label of each state.")


class DocumentOut(Schema):
    """A document in lists: what everybody knows who may read it."""

    id: int
    key: str = Field(description="The natural key, e.g. laenderbericht:nw:2026-2.")
    type: str
    title: str
    land: str
    state: str
    digest: str = Field(description="Digest of the content as it is now.")
    round: int
    editions: int
    updated_at: datetime


class PageOut(Schema):
    """A page of documents; `next` is the number of the following page."""

    count: int
    next: int | None
    items: list[DocumentOut]


class PartOut(Schema):
    """A part with its version, which a change must name in If-Match."""

    id: int
    version: int
    content: dict[str, Any]


class ContentOut(Schema):
    """The content of a document at one moment: what the digest is made of."""

    document: DocumentOut
    digest: str
    fields: dict[str, Any]
    parts: list[PartOut]


class VersionOut(Schema):
    """An Event: what happened, in which role, on which content; never who."""

    seq: int
    at: datetime
    action: str
    from_state: str
    to_state: str
    role: str
    office: str
    digest: str
    round: int
    edition: int | None
    hash: str
    readable: bool = Field(description="Whether the content of this moment is open to you.")


class VersionPageOut(Schema):
    """A page of Events, newest first."""

    count: int
    next: int | None
    items: list[VersionOut]


class EditionOut(Schema):
    """A published Fassung."""

    number: int
    title: str
    url: str
    digest: str
    published_at: datetime
    is_current: bool
    is_withdrawn: bool


class TransitionOut(Schema):
    """A way that your role may take now; `reasons` say what stands against it."""

    action: str
    label: str
    target: str
    remark: str
    reasons: list[str]


class ActIn(Schema):
    """What is said with a transition."""

    model_config = ConfigDict(extra="forbid")

    remark: str = Field("", max_length=4000)
    edition: int | None = Field(None, description="The Fassung, for acts on one.")
    date: datetime | None = Field(None, description="With time zone, for „Termin setzen“.")
    details: dict[str, Any] = Field({}, description="For a transition that asks for a form.")


class TextIn(Schema):
    """New HTML for a section; it is cleaned as pasted text is."""

    model_config = ConfigDict(extra="forbid")

    html: str = Field(max_length=500_000)


class EventOut(Schema):
    """What was recorded."""

    seq: int
    at: str
    action: str
    state: str
    digest: str
    edition: int | None
    hash: str = Field(description="Head of the document's chain now; keep it as your receipt.")

    @classmethod
    def of(cls, event: Event) -> "EventOut":
        """The answer for this Event."""
        return cls(
            seq=event.seq,
            at=event.at.isoformat(),
            action=event.action,
            state=event.to_state,
            digest=event.digest,
            edition=event.edition_number,
            hash=event.hash,
        )
