"""What the engine is told about Aktionspläne."""

from django.utils.translation import gettext_lazy as _

from klk_workflow.models import Attachment, Section
from klk_workflow.plugins.aktionsplan.models import Aktionsplan, Massnahme
from klk_workflow.registry import DocumentType, Example

DOCUMENT_TYPE = DocumentType(
    key="aktionsplan",
    model=Aktionsplan,
    label=_("Aktionsplan"),
    label_plural=_("Aktionspläne"),
    slug="aktionsplaene",
    intro=_(
        "Wie die Länder die Istanbul-Konvention umsetzen: Landesaktionspläne und ihre Maßnahmen, "
        "vorgestellt von den Koordinierungsstellen."
    ),
    parts=(Section, Massnahme, Attachment),
    start_form="klk_workflow.plugins.aktionsplan.forms.StartForm",
    head_form="klk_workflow.plugins.aktionsplan.forms.HeadForm",
    head_template="klk_aktionsplan/head.html",
    part_forms={"massnahme": "klk_workflow.plugins.aktionsplan.forms.MassnahmeForm"},
    example=Example(
        start=lambda nth: {"first_year": 2014 + nth},
        head={
            "official_title": "Plan gegen Gewalt",
            "legal_basis": "Beschluss der Landesregierung",
            "action_fields": ["schutz-und-unterstuetzung"],
            "source_url": "https://example.org/plan",
        },
        parts=(
            (
                "massnahme",
                {"number": "1", "title": "Schutzplätze", "responsible": "Ministerium"},
            ),
            ("massnahme", {"number": "2", "title": "Täterarbeit", "responsible": "Fachstelle"}),
        ),
    ),
    search_fields=("official_title", "action_fields"),
    vocabularies={"action_fields": "klk_workflow.plugins.aktionsplan.vocabularies.field_label"},
    reports=("klk_workflow.plugins.aktionsplan.reports.Measures",),
    demo="klk_workflow.plugins.aktionsplan.demo.plans.plans",
)
