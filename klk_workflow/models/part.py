"""Parts: the units in which a document is written, saved, compared and shown."""

import json
from collections.abc import Container, Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from klk_workflow.content.blocks import SectionBlock, canonical_body, settled_body
from klk_workflow.content.digest import hexdigest
from klk_workflow.content.old_rows import words
from klk_workflow.models.document import Document, Missing
from klk_workflow.models.files import DocumentFile
from klk_workflow.workflows.definition import Text


class Part(models.Model):
    """A unit of content with a version of its own: section, attachment, or a row a plugin adds.

    `key` is stable within the document, `visibility` says who reads it, `version` counts saves.
    `kind` names the class in addresses and in the canonical JSON.
    """

    class Visibility(models.TextChoices):
        """Who reads a part once the document is approved and published."""

        PUBLIC = "public", _("öffentlich")
        INTERNAL = "internal", _("nur KLK")

    kind: ClassVar[str]
    #: Whether members add and remove rows; sections come from the outline.
    addable: ClassVar[bool] = True
    #: Whether people choose the articles of the convention that it is about; without, the list in
    #: the canonical content stays, empty, so that a digest does not hang on this choice.
    with_articles: ClassVar[bool] = True
    #: Foreign keys that the content of a part reads; loaded together with the parts.
    related: ClassVar[tuple[str, ...]] = ()
    #: Names that fields had in older texts, and the names they have now.
    renamed: ClassVar[dict[str, str]] = {}
    #: Template of one part in an Edition and on the review page.
    template: ClassVar[str]
    #: Template of all parts of this kind together, below `group_heading` at `group_anchor`.
    group_template: ClassVar[str] = "klk_workflow/parts/group.html"

    document = models.ForeignKey(Document, models.CASCADE, related_name="%(class)s_parts")
    key = models.CharField(max_length=80)
    position = models.PositiveIntegerField(default=0)
    visibility = models.CharField(
        _("Sichtbarkeit"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    articles = models.JSONField(_("Artikel der Istanbul-Konvention"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(null=True)
    updated_by_name = models.CharField(max_length=150, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def label(self) -> Text:
        """How people name this part."""
        raise NotImplementedError

    @property
    def is_public(self) -> bool:
        """Whether the public will read it."""
        return self.visibility == self.Visibility.PUBLIC

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written yet."""
        return False

    @property
    def anchor(self) -> str:
        """The id of this part on a page."""
        return f"{self.kind}-{self.key}"

    def own_content(self) -> dict[str, Any]:
        """What belongs to the content besides kind, key, visibility and articles; an allow-list."""
        raise NotImplementedError

    def settle(self, names: Container[str]) -> None:
        """Bring these fields into the form in which a save that changes nothing leaves them."""

    def content(self) -> dict[str, Any]:
        """The canonical content: no row keys, no timestamps, no versions."""
        return {
            "kind": self.kind,
            "key": self.key,
            "visibility": self.visibility,
            "articles": sorted(self.articles),
            **self.own_content(),
        }

    def leaf(self) -> str:
        """The digest of this part."""
        return hexdigest(self.content())

    def file_digests(self) -> list[str]:
        """SHA-256 of the document's files that this part shows."""
        return []

    def plain_text(self) -> str:
        """The words without markup."""
        return words(self.own_content())

    def missing(self, outline: dict[str, Any]) -> list[Missing]:  # noqa: ARG002 - for subclasses
        """What this part still lacks before submission; `outline` is its entry there or empty."""
        return []

    @classmethod
    def arranged(cls, parts: "list[Part]") -> "list[Part]":
        """These parts in the order in which a page shows them; by position unless a kind groups."""
        return parts

    @classmethod
    def group_heading(cls) -> Text:
        """What stands above the rows of this kind; empty for what the outline gives, as sections.

        Wherever rows are read they stand below it: Edition and its table of contents, review,
        comparison.
        """
        return cls._meta.verbose_name_plural or "" if cls.addable else ""

    @classmethod
    def group_anchor(cls) -> str:
        """The id of these rows together, on a page."""
        return f"gruppe-{cls.kind}"

    @classmethod
    def contents(cls, parts: "Sequence[Part]") -> list[dict[str, str]]:
        """Entries for the table of contents: one for a group with a heading, else one for each."""
        heading = cls.group_heading()
        if heading:
            return [{"anchor": cls.group_anchor(), "title": str(heading)}] if parts else []
        return [{"anchor": part.anchor, "title": str(part.label)} for part in parts]


class Section(Part):
    """A section after the outline."""

    kind = "abschnitt"
    addable = False
    template = "klk_workflow/parts/section.html"

    title = models.CharField(_("Überschrift"), max_length=200)
    body = StreamField(SectionBlock(), blank=True, verbose_name=_("Text"))

    class Meta(Part.Meta):
        verbose_name = _("Abschnitt")
        verbose_name_plural = _("Abschnitte")
        constraints = [
            models.UniqueConstraint(fields=["document", "key"], name="klk_section_key_once")
        ]

    @property
    def label(self) -> Text:
        """The heading."""
        return self.title

    @property
    def anchor(self) -> str:
        """Sections keep the short form; the address of a section is quoted in other texts."""
        return f"abschnitt-{self.key}"

    @property
    def is_empty(self) -> bool:
        """Whether no block holds any text or picture."""
        return not self.plain_text().strip() and not self.file_digests()

    def raw_body(self) -> list[dict[str, Any]]:
        """The blocks as plain data."""
        return list(self.body.get_prep_value())

    def settle(self, names: Container[str]) -> None:
        """Texts as the editor gives them back."""
        if "body" in names:
            self.body = json.dumps(settled_body(self.raw_body()))

    def own_content(self) -> dict[str, Any]:
        """Heading and blocks."""
        return {"title": self.title, "body": canonical_body(self.raw_body())}

    def file_digests(self) -> list[str]:
        """The pictures."""
        return [b["value"]["datei"] for b in self.raw_body() if b["type"] == "bild"]

    def plain_text(self) -> str:
        """The words without markup, for counting and for search."""
        return "\n".join(_words(block) for block in canonical_body(self.raw_body()))

    def word_count(self) -> int:
        """Number of words, tables and footnotes included."""
        return len(self.plain_text().split())

    def missing(self, outline: dict[str, Any]) -> list[Missing]:
        """An empty required section, or one beyond its word limit."""
        if self.is_empty:
            return [Missing(self.title, self)] if outline.get("required") else []
        limit = outline.get("max_words")
        if limit and (words := self.word_count()) > limit:
            text = _("%(title)s (%(words)d von höchstens %(limit)d Wörtern)")
            return [Missing(text % {"title": self.title, "words": words, "limit": limit}, self)]
        return []


def _words(block: dict[str, Any]) -> str:
    value = block["value"]
    if block["type"] == "text":
        return strip_tags(value.replace("<", " <"))
    if block["type"] == "tabelle":
        return " ".join(str(cell) for row in value["data"] or [] for cell in row if cell)
    if block["type"] == "fussnoten":
        return " ".join(value)
    return f"{value['alt']} {value['unterschrift']}"


class Attachment(Part):
    """A file that goes with the document."""

    kind = "anlage"
    related = ("file",)
    template = "klk_workflow/parts/attachment.html"
    group_template = "klk_workflow/parts/attachment_group.html"

    title = models.CharField(_("Bezeichnung"), max_length=200)
    file = models.ForeignKey(
        DocumentFile, models.PROTECT, related_name="attachments", verbose_name=_("Datei")
    )

    class Meta(Part.Meta):
        verbose_name = _("Anlage")
        verbose_name_plural = _("Anlagen")
        constraints = [
            models.UniqueConstraint(fields=["document", "key"], name="klk_attachment_key_once")
        ]

    @property
    def label(self) -> Text:
        """The title."""
        return self.title

    def own_content(self) -> dict[str, Any]:
        """Title and file; the file by its hash."""
        return {
            "title": self.title,
            "file": self.file.sha256,
            "name": self.file.name,
            "size": self.file.size,
        }

    def file_digests(self) -> list[str]:
        """The file."""
        return [self.file.sha256]

    @classmethod
    def group_anchor(cls) -> str:
        """Attachments keep the short form, which is quoted."""
        return "anlagen"
