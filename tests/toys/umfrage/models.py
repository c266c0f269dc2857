"""A document of nothing but sections, one for each Land and round."""

from klk_workflow.models import Document
from klk_workflow.workflows.standard import STANDARD


class Umfrage(Document):
    """What a Land answers in a round."""

    workflows = (STANDARD,)

    class Meta:
        verbose_name = "Umfrage"
        verbose_name_plural = "Umfragen"
