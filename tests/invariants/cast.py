"""Who plays, and by what one sees whether anything has changed."""

from hypothesis import strategies as st
from reversion.models import Version

from tests.world import PEOPLE

EVERYBODY = [*PEOPLE, "beides"]
SOMEBODY = st.sampled_from([*EVERYBODY, "nw", "nw2", "pruefung", "freigabe", "redaktion"])
REVIEWER = st.sampled_from(["pruefung", "pruefung", "beides", "nw"])
APPROVER = st.sampled_from(["freigabe", "freigabe", "beides"])
#: Whom the conference can lose without coming to an end.
LEAVING = st.sampled_from(["nw2", "pruefung2", "freigabe2", "by", "beides"])
REPRESENTED = st.sampled_from(["pruefung", "freigabe", "beides"])


def fingerprint(document):
    """Whatever a step could have changed in the record, in a few numbers."""
    return (
        document.state,
        document.digest,
        document.head,
        document.event_count,
        document.edition_count,
        document.round,
        document.scheduled_for,
        Version.objects.count(),
    )
