"""What every view of the member area shares: the document, and how much of it the person meets."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from klk_workflow.extending import isolation, switches
from klk_workflow.models import Document
from klk_workflow.people import Person, person_for
from klk_workflow.permissions import Access, access
from klk_workflow.registry import DocumentType, registry
from klk_workflow.roles import ADMINISTRATION


class PersonMixin:
    """The person behind the request."""

    request: HttpRequest

    @cached_property
    def person(self) -> Person:
        """Roles and offices of the signed-in user."""
        return person_for(self.request.user)


class AdministrationMixin(PersonMixin):
    """For the administration only; 404 for everybody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Look at the role first."""
        self.request = request
        if ADMINISTRATION not in self.person.roles:
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def document_of_type(pk: int) -> Document:
    """A document with its period and offices, as an instance of its type; 404 if there is none.

    Raises OutOfOrder while the tables of its type wait for a migration.
    """
    type_key = get_object_or_404(Document.objects.only("type_key"), pk=pk).type_key
    if type_key not in registry:
        raise Http404
    kind = registry.get(type_key)
    if kind.app_label in switches.unready():
        raise isolation.OutOfOrder(kind.app_label)
    rows = kind.model._default_manager.select_related("period")
    return rows.prefetch_related("offices").get(pk=pk)


def show_in_menu(request: Any, document: Document) -> None:
    """Let the menu show where one is. Only for those who meet the document: it names the type."""
    request.klk_type_key = document.type_key


class DocumentMixin(PersonMixin):
    """A view of one document. Who does not meet it at `needs` gets 404, never a title."""

    needs: Access = Access.READ
    kwargs: dict[str, Any]

    @cached_property
    def document(self) -> Document:
        """The document of the address, as an instance of its type."""
        found = document_of_type(self.kwargs["pk"])
        if not self.meets(found):
            raise Http404
        return found

    def meets(self, document: Document) -> bool:
        """Whether the view is open to the person for this document."""
        return access(self.person, document) >= self.needs

    @cached_property
    def access(self) -> Access:
        """How much of it the person meets."""
        return access(self.person, self.document)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Look the document up before anything else happens."""
        self.kwargs = kwargs
        self.request = request
        show_in_menu(request, self.document)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class TypeMixin(PersonMixin):
    """A view of all documents of a type."""

    kwargs: dict[str, Any]

    @cached_property
    def document_type(self) -> DocumentType:
        """The type of the address; 404 if no plugin declares it, or none that is on."""
        key = self.kwargs["type_key"]
        if key not in registry or not switches.is_active(registry.get(key)):
            raise Http404
        return registry.get(key)
