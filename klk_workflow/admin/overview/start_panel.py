"""The start page: one list of what is to be done, and how the round stands."""

from collections.abc import Iterator
from typing import Any

from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from wagtail.admin.ui.components import Component

from klk_workflow.admin.acting import exception_words
from klk_workflow.admin.overview import tasks
from klk_workflow.admin.overview.rounds import current_round
from klk_workflow.extending import isolation, switches
from klk_workflow.people import Person, person_for


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
            "types": switches.active(),
            "tasks": [*exception_words.to_decide(person), *tasks.todo(person)],
            "round": current_round(person),
            "to_read": tasks.approved_to_read(person),
            "panels": [*_of_plugins(person, parent_context)],
        }


def _of_plugins(person: Person, parent_context: Any) -> Iterator[SafeString]:
    """What plugins put on the start page, as HTML; one that fails is left out."""

    def render(path: str) -> SafeString:
        component = import_string(path)(person)
        return component.render_html(parent_context) if component else SafeString()

    for kind in switches.active():
        for path in kind.panels:
            html = isolation.shielded(kind.app_label, render, path, otherwise=SafeString())
            if html:
                yield html
