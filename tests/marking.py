"""A conference in which every text and every file holds a marker of its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from klk_workflow.content.editing import PartChange, add_part, save_fields, save_parts
from klk_workflow.content.files import store
from klk_workflow.models import Attachment, Document, Remark, Section
from tests.world import STATES, TYPES, WAYS, World, pdf, png

MARKER = re.compile(r"mark\d{5}x", re.IGNORECASE)

#: Texts that are no free words: keys, and choices from a list.
NO_WORDS = {"key", "visibility", "updated_by_name", "status", "action_field"}


@dataclass(frozen=True)
class Marked:
    """What a marker stands in. `layer`: submitted text, live text of a draft, or talk about it."""

    natural_key: str
    state: str
    where: str
    public: bool
    layer: str


class Marking(World):
    """The conference; `known` tells where each marker stands."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, Marked] = {}
        self.documents: list[Document] = []

    def found_in(self, text: str) -> set[str]:
        """The markers that occur in this text."""
        return {token.lower() for token in MARKER.findall(text)}

    def token(self, document: Document, state: str, where: str, *, public: bool, layer: str) -> str:
        """A new marker."""
        name = f"mark{len(self.known):05d}x"
        self.known[name] = Marked(document.natural_key, state, where, public, layer)
        return name

    def fill_every_state(self) -> None:
        """A marked document of every type in every state."""
        for type_key in TYPES:
            for nth, state in enumerate(STATES):
                self.marked(type_key, state, nth)

    def marked(self, type_key: str, state: str, nth: int) -> Document:
        """A document with a marker in every text and file, led into this state."""
        document = self.start(type_key, nth=nth)
        self.write_all(document, state, layer="text")
        for visibility in ("public", "internal"):
            self.attach_marked(document, state, visibility)
            for key, values in document.type.example.parts:
                kind = document.type.part_kind(key)
                self.add_marked(document, state, kind, {**values, "visibility": visibility})
        self.lead(document, state)
        if state == "in_ueberarbeitung":
            self.write_all(document, state, layer="live")
        self.documents.append(document)
        return document

    def write_all(self, document: Document, state: str, *, layer: str) -> None:
        """New markers in the own fields and in all sections."""
        document.refresh_from_db()
        by = self.people["nw"]
        head = {
            name: self._in_place_of(
                value, self.token(document, state, name, public=True, layer=layer)
            )
            for name, value in document.type.example.head.items()
        }
        save_fields(document, by=by, seen_version=document.version, changes=head)
        sections = Section.objects.filter(document=document)
        changes = [self._section(section, state, layer) for section in sections]
        save_parts(document, by=by, changes=changes)

    @staticmethod
    def _in_place_of(value: Any, token: str) -> Any:
        if isinstance(value, list):
            return [*value, token]
        return f"{value}/{token}" if "://" in value else token

    def _section(self, section: Section, state: str, layer: str) -> PartChange:
        def token(where: str) -> str:
            public = section.is_public
            return self.token(section.document, state, where, public=public, layer=layer)

        upload = png()
        upload.name = f"{token('picture name')}.png"
        picture = store(section.document, upload, picture=True)
        data = [[token("cell") for _ in range(2)] for _ in range(2)]
        raw = [
            {"type": "text", "value": f"<p>{token('text')}</p>"},
            {"type": "tabelle", "value": {"data": data, "table_caption": token("caption")}},
            {
                "type": "bild",
                "value": {
                    "datei": picture.sha256,
                    "alt": token("description of a picture"),
                    "unterschrift": token("words under a picture"),
                },
            },
            {"type": "fussnoten", "value": [token("footnote")]},
        ]
        body = Section._meta.get_field("body").stream_block.to_python(raw)
        title = token("title of a section")
        return PartChange(section, section.version, {"body": body, "title": title})

    def attach_marked(self, document: Document, state: str, visibility: str) -> None:
        """An attachment with markers in its title, its file's name and its bytes."""

        def token(where: str) -> str:
            public = visibility == "public"
            return self.token(document, state, where, public=public, layer="text")

        file = store(document, pdf(f"{token('name of a file')}.pdf", token("bytes of a file")))
        values = {"title": token("attachment"), "file": file, "visibility": visibility}
        add_part(document, Attachment, by=self.people["nw"], values=values)

    def add_marked(self, document: Document, state: str, kind: Any, values: dict[str, Any]) -> None:
        """A row with a marker in every free text."""
        public = values["visibility"] == "public"
        for field in kind._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField)
            if is_text and field.name not in NO_WORDS:
                token = self.token(document, state, field.name, public=public, layer="text")
                values[field.name] = token
        add_part(document, kind, by=self.people["nw"], values=values)

    def lead(self, document: Document, state: str) -> None:
        """Like `bring`, with a marker in every word said on the way."""
        for action, who, _words in WAYS[state]:
            self.do(document, action, who, self._said(document, state, f"words to {action}"))
            Remark.objects.create(
                document=document,
                part_kind="abschnitt",
                part_key="kurzfassung",
                digest="0" * 64,
                text=self._said(document, state, "remark beside a section"),
                author_id=self.people["pruefung"].pk,
                author_name="Prüfung",
                author_role="Prüfung",
                created_at=document.updated_at,
            )

    def _said(self, document: Document, state: str, where: str) -> str:
        return self.token(document, state, where, public=False, layer="talk")

    def describe(self, tokens: Iterable[str]) -> str:
        """Where these markers stand, for a failing test."""
        return "; ".join(sorted({str(self.known[token]) for token in tokens})[:8])
