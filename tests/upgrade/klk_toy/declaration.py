"""What the engine is told."""

from klk_workflow.registry import DocumentType
from tests.upgrade.klk_toy.models import PARTS, Chronik

DOCUMENT_TYPE = DocumentType(
    key="chronik",
    model=Chronik,
    label="Chronik",
    label_plural="Chroniken",
    slug="chroniken",
    intro="Eine Probe.",
    parts=PARTS,
    start_form="tests.upgrade.klk_toy.forms.StartForm",
    head_template="klk_toy/head.html",
)
