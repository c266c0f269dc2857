"""What the engine is told."""

from klk_stellungnahme.models import Stellungnahme
from klk_workflow.models import Attachment, Section
from klk_workflow.registry import DocumentType, Example

DOCUMENT_TYPE = DocumentType(
    key="stellungnahme",
    model=Stellungnahme,
    label="Stellungnahme",
    label_plural="Stellungnahmen",
    slug="stellungnahmen",
    intro="Was die Länder gemeinsam sagen: von allen sechzehn getragen.",
    parts=(Section, Attachment),
    start_form="klk_stellungnahme.forms.StartForm",
    head_form="klk_stellungnahme.forms.OwnFields",
    head_template="klk_stellungnahme/head.html",
    by_land=False,
    icon="comment",
    search_fields=("occasion", "addressee"),
    panels=("klk_stellungnahme.beside.due",),
    subscribers=("klk_stellungnahme.beside.ask_to_send",),
    example=Example(
        start=lambda nth: {"title": f"Zum Gewalthilfegesetz {nth}"},
        head={"occasion": "Anhörung", "addressee": "Bundesministerium"},
    ),
    demo="klk_stellungnahme.demo.papers",
)
