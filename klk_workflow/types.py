"""How a plugin declares its document type."""

from klk_workflow.content.history import register_type
from klk_workflow.registry import DocumentType, registry


def declare(document_type: DocumentType) -> None:
    """Register a type with the engine and its content with django-reversion.

    Call it in the `ready()` of the plugin's app. ImproperlyConfigured if the key is taken.
    """
    registry.register(document_type)
    register_type(document_type.model, document_type.parts)
