"""What the engine is told about Länderberichte."""

from django.utils.translation import gettext_lazy as _

from klk_workflow.models import Attachment, Section
from klk_workflow.plugins.laenderbericht.models import Laenderbericht
from klk_workflow.registry import DocumentType

DOCUMENT_TYPE = DocumentType(
    key="laenderbericht",
    model=Laenderbericht,
    label=_("Länderbericht"),
    label_plural=_("Länderberichte"),
    slug="laenderberichte",
    intro=_(
        "Was sich in den Ländern getan hat: Die Koordinierungsstellen berichten halbjährlich, "
        "geprüft und freigegeben von Stellen anderer Länder."
    ),
    parts=(Section, Attachment),
    start_form="klk_workflow.plugins.laenderbericht.forms.StartForm",
    by_period=True,
    demo="klk_workflow.plugins.laenderbericht.demo.reports.reports",
)
