"""What the engine is told."""

from klk_workflow.models import Attachment, Section
from klk_workflow.registry import DocumentType
from tests.toys.umfrage.models import Umfrage

DOCUMENT_TYPE = DocumentType(
    key="umfrage",
    model=Umfrage,
    label="Umfrage",
    label_plural="Umfragen",
    slug="umfragen",
    intro="Was die Länder antworten.",
    parts=(Section, Attachment),
    start_form="tests.toys.umfrage.forms.StartForm",
    by_period=True,
)
