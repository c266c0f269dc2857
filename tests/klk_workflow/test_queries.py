"""The cost of the way of a report, in queries."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from klk_workflow.people import person_for
from klk_workflow.perform import perform
from tests.klk_workflow.conftest import WAY, fill, start_report


def test_the_whole_cycle_takes_at_most_100_queries(people, period):
    """Create, submit, review, approve, publish, with different people (issue's bound)."""
    by = {name: person_for(user) for name, user in people.items()}
    with CaptureQueriesContext(connection) as starting:
        document = start_report(by["nw"], "nw", period)
        fill(document, by["nw"])
    document.refresh_from_db()
    costs = [len(starting)]
    for _state, action, who, extra in WAY[:4]:
        with CaptureQueriesContext(connection) as spent:
            perform(document, action, by=by[who], seen_digest=document.digest, **extra)
        costs.append(len(spent))
    assert sum(costs) <= 100
