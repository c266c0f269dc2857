"""Which document types are there? Declared once by each plugin, checked, then closed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

from klk_workflow.workflows.definition import Text, Workflow

if TYPE_CHECKING:
    from klk_workflow.models import Document, Part


@dataclass(frozen=True)
class Example:
    """What makes a document whole enough to be submitted, besides its sections.

    `start` gives what the start form needs besides Land and period, another for each number;
    `head` are the own fields, `parts` the rows to add: (kind, values).
    """

    start: Callable[[int], dict[str, Any]] = lambda _nth: {}
    head: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[tuple[str, Mapping[str, Any]], ...] = ()


@dataclass(frozen=True)
class DocumentType:
    """A plugin's registration of a kind of document.

    `slug` is its public folder, `parts` the kinds of its parts in the order they are shown (the
    first is usually `Section`), `start_form` and `head_form` dotted paths to Django forms for
    starting one and for its own fields (empty: it has none), `fragment` the template of an
    Edition's text, `head_template` the template of the own fields in it. `by_period` says that
    there is one for each Land and reporting period: then the rounds show how they stand;
    `by_land` that a Land speaks in each: the public list shows a map of the Länder, a Fassung the
    letters of its Land. `with_articles` says whether people choose the articles of the
    Istanbul-Konvention that a part is about; a kind of part may say no for itself.

    `search_fields` are own fields whose words count in the public search as much as keywords do;
    `vocabularies` gives, for an own field that stores keys, the dotted path to a function from a
    key to its words.

    `panels` are dotted paths to functions that take a Person and give a Wagtail component for the
    start page, or None; `menu` to functions that take a Person and give a Wagtail menu item, or
    None; `reports` to subclasses of `extending.report.Report`. `subscribers` are dotted
    paths to functions that take each Event of such a document after it is stored. A function that
    raises is left out and noted, see `extending.isolation`.

    `example` fills a small whole document, for the tests that ask the same of every type. `demo` is
    the dotted path to a function that takes the Cast of the demo conference and gives the stories
    of its documents (`demo.stories.Story`). These two speak up when they fail.
    """

    key: str
    model: "type[Document]"
    label: Text
    label_plural: Text
    slug: str
    intro: Text
    parts: "tuple[type[Part], ...]"
    start_form: str
    head_form: str = ""
    head_template: str = ""
    part_forms: dict[str, str] = field(default_factory=dict)
    example: Example = field(default_factory=Example)
    by_period: bool = False
    by_land: bool = True
    with_articles: bool = True
    icon: str = "doc-full"
    fragment: str = "klk_workflow/edition/fragment.html"
    search_fields: tuple[str, ...] = ()
    vocabularies: Mapping[str, str] = field(default_factory=dict)
    panels: tuple[str, ...] = ()
    menu: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    subscribers: tuple[str, ...] = ()
    demo: str = ""

    @property
    def app_label(self) -> str:
        """The Django app of the plugin that declares the type."""
        return self.model._meta.app_label

    @property
    def workflow(self) -> Workflow:
        """The workflow under which new documents begin."""
        return self.model.workflows[-1]

    def asks_articles(self, kind: "type[Part]") -> bool:
        """Whether people choose the articles that parts of this kind are about."""
        return self.with_articles and kind.with_articles

    def part_kind(self, kind: str) -> "type[Part]":
        """The part class of this kind; KeyError if the type has none."""
        return {part.kind: part for part in self.parts}[kind]


class Registry:
    """The registered types by key; a second type under a key is refused."""

    def __init__(self) -> None:
        self._types: dict[str, DocumentType] = {}

    def register(self, document_type: DocumentType) -> None:
        """Add a type; ImproperlyConfigured if key or public folder is taken."""
        for other in self._types.values():
            if document_type.key == other.key or document_type.slug == other.slug:
                raise ImproperlyConfigured(
                    f"Document type {document_type.key!r} collides with {other.key!r}."
                )
        self._types[document_type.key] = document_type

    def get(self, key: str) -> DocumentType:
        """The type with this key; KeyError if no plugin declared it."""
        return self._types[key]

    def __iter__(self) -> Iterator[DocumentType]:
        return iter(self._types.values())

    def __contains__(self, key: object) -> bool:
        return key in self._types


registry = Registry()
