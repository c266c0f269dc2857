"""What the engine is told."""

from klk_workflow.models import Attachment, Section
from klk_workflow.registry import DocumentType, Example
from tests.toys.vorhaben.models import Schritt, Vorhaben

DOCUMENT_TYPE = DocumentType(
    key="vorhaben",
    model=Vorhaben,
    label="Vorhaben",
    label_plural="Vorhaben",
    slug="vorhaben",
    intro="Was jemand tun will.",
    parts=(Section, Schritt, Attachment),
    start_form="tests.toys.vorhaben.forms.StartForm",
    head_form="tests.toys.vorhaben.forms.HeadForm",
    head_template="klk_vorhaben/head.html",
    part_forms={"schritt": "tests.toys.vorhaben.forms.SchrittForm"},
    example=Example(
        start=lambda nth: {"title": f"Vorhaben {nth}"},
        head={"goal": "Schutz"},
        parts=(("schritt", {"title": "Anfangen"}), ("schritt", {"title": "Weitermachen"})),
    ),
)
