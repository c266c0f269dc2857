"""The form of a meeting with its agenda."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList

from klk_workflow.models import Meeting


class MeetingForm(WagtailAdminModelForm):
    """Dates and place, and the items in order; the fixed one is always among them."""

    def save(self, commit: bool = True) -> Meeting:
        """The meeting with a whole agenda."""
        meeting: Meeting = super().save(commit=commit)
        if commit:
            meeting.complete()
        return meeting


MEETING_PANELS = ObjectList(
    [
        FieldPanel("title"),
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("begins"), FieldPanel("ends")]),
        FieldPanel("place"),
        FieldPanel("note"),
        InlinePanel(
            "items",
            [FieldPanel("title"), FieldPanel("document", read_only=True)],
            heading=_("Tagesordnung"),
            label=_("Punkt"),
        ),
    ],
    base_form_class=MeetingForm,
)
