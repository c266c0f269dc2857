"""On the start page: what is due. After publication: who is to send it."""

from django.core.mail import mail_managers
from wagtail.admin.ui.components import Component

from klk_stellungnahme.models import Stellungnahme
from klk_workflow.permissions import visible


class DuePanel(Component):
    """Titles and days, soonest first."""

    template_name = "klk_stellungnahme/due.html"

    def __init__(self, rows):
        self.rows = rows

    def get_context_data(self, parent_context):
        """What the template shows."""
        return {"rows": self.rows}


def due(person):
    """What this person may read, is not published yet, and has a date."""
    mine = visible(person).filter(edition_count=0).values("pk")
    rows = Stellungnahme.objects.filter(pk__in=mine, due__isnull=False).order_by("due")[:5]
    return DuePanel(rows) if rows else None


def ask_to_send(event):
    """A message with the permanent address to those who run the site, for each Fassung."""
    if event.action != "veroeffentlichen":
        return
    document = event.document.specific
    edition = document.editions.get(number=event.edition_number)
    mail_managers(
        f"Zu versenden an {document.addressee}",
        f"{document.title}: {edition.permanent_address}",
    )
