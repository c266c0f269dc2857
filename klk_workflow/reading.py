"""The public read API: what the website, or anybody, may know of documents. `home`'s only door."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.dispatch import Signal
from django.utils.module_loading import import_string

from klk_workflow.extending import remains, switches
from klk_workflow.extending.isolation import shielded
from klk_workflow.laender import LAENDER, Land
from klk_workflow.models import Edition, EditionFile, Office, Rendition
from klk_workflow.models.edition import SHOWN
from klk_workflow.publication.fassung_changes import changes
from klk_workflow.registry import DocumentType, registry
from klk_workflow.workflows.definition import Text

__all__ = [
    "Edition",
    "EditionFile",
    "Land",
    "Office",
    "PublicType",
    "Rendition",
    "changes",
    "editions",
    "editions_changed",
    "editions_changing",
    "fassungen",
    "find",
    "find_file",
    "find_pdf",
    "laender",
    "latest_by_land",
    "offices",
    "public_type",
    "public_types",
    "recent",
    "search_words",
    "types_changed",
]

#: Sent after commit whenever something public changed, with `paths`: the addresses concerned.
editions_changed = Signal()
#: Sent inside the transaction, with the same `paths`, for what must not outlive the change: whoever
#: keeps a copy of what is withdrawn removes it here. An error here undoes the change.
editions_changing = Signal()
#: Sent after commit when other kinds of documents may be in use than before.
types_changed = switches.types_changed


@dataclass(frozen=True)
class PublicType:
    """A kind of document as the public meets it; `slug` is its folder on the site.

    `by_land` says that the Länder write one each, so that a map of them leads there.
    """

    key: str
    slug: str
    label: Text
    label_plural: Text
    intro: Text
    by_land: bool


def announce(*paths: str) -> None:
    """Tell the website that these addresses change, and once it is through, that they have."""
    editions_changing.send(sender=Edition, paths=set(paths))
    transaction.on_commit(lambda: _send(paths))


def _send(paths: Iterable[str]) -> None:
    """The change is through: a receiver that fails is logged by Django and stops nobody."""
    editions_changed.send_robust(sender=Edition, paths=set(paths))


def public_types() -> list[PublicType]:
    """The kinds of documents in use, in the order of registration."""
    return [_public(kind) for kind in switches.active()]


def public_type(slug: str) -> PublicType | None:
    """The kind of document with this folder, even if its plugin is switched off or gone.

    Its Editions are for ever.
    """
    for kind in registry:
        if kind.slug == slug:
            return _public(kind)
    for left in remains.remembered_orphans():
        if left.slug == slug:
            return PublicType(left.type_key, slug, left.label, left.label, "", by_land=False)
    return None


def _public(kind: DocumentType) -> PublicType:
    return PublicType(kind.key, kind.slug, kind.label, kind.label_plural, kind.intro, kind.by_land)


def search_words(edition: Edition) -> list[str]:
    """The words of a Fassung's own fields that its type names for the search, from what is public.

    A field of keys gives the words for them. Empty without the plugin, and left out if it fails.
    """
    kind = next((kind for kind in registry if kind.key == edition.type_key), None)
    if kind is None or not kind.search_fields:
        return []
    return shielded(kind.app_label, _own_words, kind, edition, otherwise=[])


def _own_words(kind: DocumentType, edition: Edition) -> list[str]:
    fields = json.loads(edition.json)["fields"]
    found = []
    for name in kind.search_fields:
        word = import_string(kind.vocabularies[name]) if name in kind.vocabularies else str
        values = fields.get(name) or []
        found += [str(word(value)) for value in (values if isinstance(values, list) else [values])]
    return found


def laender() -> list[Land]:
    """The sixteen Länder by name."""
    return list(LAENDER.values())


def offices(land_code: str | None = None) -> "QuerySet[Office]":
    """The coordination offices, of one Land or all."""
    found = Office.objects.all()
    return found if land_code is None else found.filter(land=land_code)


def editions(*, type_key: str | None = None, land: str | None = None) -> "QuerySet[Edition]":
    """The current Fassungen that are shown, newest first, without their long texts."""
    found = Edition.objects.filter(SHOWN).defer("html", "json")
    if type_key is not None:
        found = found.filter(type_key=type_key)
    if land is not None:
        found = found.filter(land=land)
    return found


def recent(*, type_key: str | None = None, land: str | None = None) -> "QuerySet[Edition]":
    """Every Fassung by its latest change, newest first, without long texts.

    A withdrawn one is among them, so that whoever follows learns of it; archived ones are not.
    """
    found = Edition.objects.filter(is_archived=False).defer("html", "json")
    if type_key is not None:
        found = found.filter(type_key=type_key)
    if land is not None:
        found = found.filter(land=land)
    return found.order_by(Coalesce("withdrawn_at", "published_at").desc(), "-pk")


def latest_by_land(type_key: str) -> dict[str, Edition]:
    """The newest current Fassung of this kind for each Land that has one; one query, which looks
    at one row for each Land however many there are.
    """
    newest = [editions(type_key=type_key, land=code).values("pk")[:1] for code in LAENDER]
    found = editions().filter(pk__in=[Subquery(one) for one in newest])
    return {edition.land: edition for edition in found}


def find(path: str, number: int | None = None) -> Edition | None:
    """The Fassung at this address: the current one, or the one with this number. None: unknown.

    A withdrawn Fassung is found too; the page shows its notice, never an older Fassung.
    """
    found = Edition.objects.filter(path=path)
    if number is None:
        return found.filter(is_current=True).first()
    return found.filter(number=number).first()


def fassungen(path: str) -> "QuerySet[Edition]":
    """All Fassungen of an address, newest first, without their long texts."""
    return Edition.objects.filter(path=path).defer("html", "json").order_by("-number")


def find_file(edition: Edition, sha256: str) -> EditionFile | None:
    """A file of this Fassung by its digest, unless the Fassung is withdrawn."""
    if edition.is_withdrawn:
        return None
    return edition.files.filter(sha256=sha256).first()


def find_pdf(edition: Edition) -> Rendition | None:
    """The Fassung as PDF, unless it is withdrawn or the PDF is still to be made."""
    if edition.is_withdrawn:
        return None
    return edition.renditions.filter(kind="pdf").first()
