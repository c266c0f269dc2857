"""What every view of the member area shares: the document, and how much of it the person meets."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from klk_workflow.models import Document
from klk_workflow.permissions import Access, Person, access, person_for
from klk_workflow.registry import DocumentType, registry


class PersonMixin:
    """The person behind the request."""

    request: HttpRequest

    @cached_property
    def person(self) -> Person:
        """Roles and offices of the signed-in user."""
        return person_for(self.request.user)


class DocumentMixin(PersonMixin):
    """A view of one document. Who does not meet it at `needs` gets 404, never a title."""

    needs: Access = Access.READ
    kwargs: dict[str, Any]

    @cached_property
    def document(self) -> Document:
        """The document of the address, as an instance of its type."""
        found = get_object_or_404(
            Document.objects.select_related("period").prefetch_related("offices"),
            pk=self.kwargs["pk"],
        )
        if access(self.person, found) < self.needs:
            raise Http404
        return found.specific

    @cached_property
    def access(self) -> Access:
        """How much of it the person meets."""
        return access(self.person, self.document)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Look the document up before anything else happens."""
        self.kwargs = kwargs
        self.request = request
        assert self.document
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class TypeMixin(PersonMixin):
    """A view of all documents of a type."""

    kwargs: dict[str, Any]

    @cached_property
    def document_type(self) -> DocumentType:
        """The type of the address; 404 if no plugin declares it."""
        if self.kwargs["type_key"] not in registry:
            raise Http404
        return registry.get(self.kwargs["type_key"])
