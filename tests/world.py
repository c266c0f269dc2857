"""A small conference for tests: people, a round, and documents of every registered type."""

from datetime import date
from io import BytesIO
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.module_loading import import_string
from PIL import Image
from wagtail.rich_text import RichText

from klk_workflow.content.editing import PartChange, add_part, save_fields, save_part, save_parts
from klk_workflow.content.files import store
from klk_workflow.models import Attachment, Document, Membership, Office, Outline, Period, Section
from klk_workflow.people import person_for
from klk_workflow.perform import perform
from klk_workflow.registry import registry
from klk_workflow.roles import ADMINISTRATION, FREIGABE, MITGLIED, PRUEFUNG, REDAKTION

TYPES = [document_type.key for document_type in registry]
#: A type with one document for each Land and round, and one with fields and rows of its own.
REPORT = next(kind.key for kind in registry if kind.by_period)
PLAN = next(kind.key for kind in registry if kind.part_forms)
STATES = [state.key for document_type in registry for state in document_type.workflow.states]
STATES = list(dict.fromkeys(STATES))

PEOPLE = {
    "nw": (MITGLIED, "nw"),
    "nw2": (MITGLIED, "nw2"),
    "by": (MITGLIED, "by"),
    "pruefung": (PRUEFUNG, "he"),
    "pruefung2": (PRUEFUNG, "bund"),
    "freigabe": (FREIGABE, "bund"),
    "freigabe2": (FREIGABE, "he"),
    "redaktion": (REDAKTION, ""),
    "admin": (ADMINISTRATION, ""),
}

#: The way from a draft to each state: (action, who, words).
WAYS: dict[str, list[tuple[str, str, str]]] = {
    "entwurf": [],
    "eingereicht": [("einreichen", "nw", "")],
    "in_ueberarbeitung": [
        ("einreichen", "nw", ""),
        ("ueberarbeitung_anfordern", "pruefung", "Bitte ergänzen."),
    ],
}
for _state, _action, _who, _before in (
    ("geprueft", "weitergeben", "pruefung", "eingereicht"),
    ("freigegeben", "freigeben", "freigabe", "geprueft"),
    ("veroeffentlicht", "veroeffentlichen", "redaktion", "freigegeben"),
    ("archiviert", "archivieren", "redaktion", "veroeffentlicht"),
):
    WAYS[_state] = [*WAYS[_before], (_action, _who, "")]

PNG_COLOURS = iter((n % 256, n // 256 % 256, n // 65536 % 256) for n in range(1, 1 << 24))


def body(words: str) -> list[tuple[str, Any]]:
    """The body of a section: one paragraph."""
    return [("text", RichText(f"<p>{words}</p>"))]


def png() -> SimpleUploadedFile:
    """A small picture, another one at each call."""
    out = BytesIO()
    Image.new("RGB", (8, 8), next(PNG_COLOURS)).save(out, "PNG")
    return SimpleUploadedFile("bild.png", out.getvalue(), "image/png")


def pdf(name: str = "anlage.pdf", content: str = "") -> SimpleUploadedFile:
    """Something that begins like a PDF and says `content`."""
    return SimpleUploadedFile(name, f"%PDF-1.7\n{content}".encode(), "application/pdf")


def make_user(name: str, *roles: str, office: Office | None = None, **extra: Any) -> Any:
    """A user with roles and at most one office."""
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "klk-test", **extra)
    user.groups.set(Group.objects.filter(name__in=roles))
    if office:
        Membership.objects.create(user=user, office=office)
    return user


class World:
    """Offices of NW (two), BY, HE and of no Land, one person for each role, an open round."""

    def __init__(self) -> None:
        lands = {"nw": "nw", "nw2": "nw", "by": "by", "he": "he", "bund": ""}
        self.offices = {
            key: Office.objects.create(name=f"Stelle {key}", land=land, kind="freier-traeger")
            for key, land in lands.items()
        }
        self.people = {
            name: make_user(name, role, office=self.offices.get(office))
            for name, (role, office) in PEOPLE.items()
        }
        self.periods = [
            Period.objects.create(
                slug=f"{year}-{half}",
                label=f"{half}. Halbjahr {year}",
                year=year,
                half=half,
                opens=date(year, 1 if half == 1 else 7, 1),
                due=date(year, 6 if half == 1 else 12, 30),
                outline=Outline.objects.get(type_key=REPORT, version=1),
            )
            for year in range(2020, 2026)
            for half in (1, 2)
        ]

    def start(self, type_key: str, who: str = "nw", *, land: str = "nw", nth: int = 0) -> Document:
        """Begin a document as a member does, through the type's own form; `nth` tells rounds."""
        kind = registry.get(type_key)
        data = {"land": land, "period": self.periods[nth].pk, **kind.example.start(nth)}
        form = import_string(kind.start_form)(data, person=person_for(self.people[who]))
        assert form.is_valid(), form.errors
        return form.save()[0]

    def write(self, document: Document, who: str = "nw", words: str = "Beispieltext") -> None:
        """Fill whatever is needed to submit, as this member."""
        by, example = self.people[who], document.type.example
        save_fields(document, by=by, seen_version=document.version, changes=example.head)
        sections = Section.objects.filter(document=document)
        texts = [PartChange(s, s.version, {"body": body(f"{words}: {s.title}.")}) for s in sections]
        save_parts(document, by=by, changes=texts)
        if not any(part.kind == key for part in document.parts() for key, _v in example.parts):
            for key, values in example.parts:
                add_part(document, document.type.part_kind(key), by=by, values=values)
        document.refresh_from_db()

    def attach(self, document: Document, who: str = "nw", *, content: str = "") -> Attachment:
        """Add an attachment."""
        file = store(document, pdf(content=content))
        values = {"title": "Anlage", "file": file}
        return add_part(document, Attachment, by=self.people[who], values=values)

    def change(self, document: Document, words: str, who: str = "nw") -> Section:
        """Write these words into the first section."""
        section = Section.objects.filter(document=document).order_by("position")[0]
        changes = {"body": body(words)}
        section = save_part(
            section, by=self.people[who], seen_version=section.version, changes=changes
        )
        document.refresh_from_db()
        return section

    def do(self, document: Document, action: str, who: str, remark: str = "", **extra: Any) -> Any:
        """Take a way as somebody who has just read the document, or the Fassung named."""
        document.refresh_from_db()
        if "edition" in extra:
            extra["seen_digest"] = document.editions.get(number=extra["edition"]).digest
        extra.setdefault("seen_digest", document.digest)
        event = perform(document, action, by=self.people[who], remark=remark, **extra)
        document.refresh_from_db()
        return event

    def bring(self, document: Document, state: str, who: str = "nw") -> Document:
        """Lead a filled draft of this person into this state."""
        for action, actor, remark in WAYS[state]:
            self.do(document, action, who if actor == "nw" else actor, remark)
        return document

    def document(
        self,
        type_key: str,
        state: str = "entwurf",
        *,
        nth: int = 0,
        land: str = "nw",
        who: str = "nw",
    ) -> Document:
        """A filled document of this type in this state."""
        document = self.start(type_key, who, nth=nth, land=land)
        self.write(document, who)
        return self.bring(document, state, who)

    def second_fassung(self, document: Document, words: str = "Neue Zahlen.") -> Document:
        """Lead a published document to its next Fassung."""
        self.do(document, "neue_fassung", "nw", "Neue Zahlen")
        self.change(document, words)
        return self.bring(document, "veroeffentlicht")
