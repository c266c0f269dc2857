"""How parts are put on a page."""

from klk_workflow.plugins.aktionsplan.models import Massnahme


def test_measures_stand_by_field_of_action_in_the_order_of_their_first():
    measures = [
        Massnahme(number="1", action_field="praevention"),
        Massnahme(number="2", action_field="justiz"),
        Massnahme(number="3", action_field="praevention"),
    ]
    assert [measure.number for measure in Massnahme.arranged(measures)] == ["1", "3", "2"]
