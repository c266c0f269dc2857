"""The start page: one list of what is to be done, and how the round stands."""

from typing import Any

from wagtail.admin.ui.components import Component

from klk_workflow.admin import tasks
from klk_workflow.admin.rounds import current_round
from klk_workflow.permissions import person_for


class StartPanel(Component):
    """Everything on the start page."""

    name = "klk_start"
    order = 1
    template_name = "klk_workflow/admin/start/panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The tasks in order of urgency; the round; what can be read before the exchange."""
        person = person_for(parent_context["request"].user)
        return {
            "person": person,
            "tasks": tasks.todo(person),
            "round": current_round(person),
            "to_read": tasks.approved_to_read(person),
        }
