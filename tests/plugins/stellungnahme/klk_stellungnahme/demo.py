"""A position paper in the demo conference, as far as the review."""

from datetime import date

from klk_workflow.content.editing import save_fields
from klk_workflow.demo.stories import Story, days


class Paper(Story):
    """The paper of a Land."""

    type_key = "stellungnahme"

    def write(self):
        """A member begins it and writes."""
        self._start(title="Zum Gewalthilfegesetz (Beispieltext)")
        head = {"occasion": "Anhörung", "addressee": "Bundesministerium"}
        paper = self._document()
        save_fields(paper, by=self._writer(), seen_version=paper.version, changes=head)
        for section in self._sections():
            self._write(section, [f"Beispieltext: {section.title}."])


def papers(cast):
    """All there are: who, with whom, and what happens when."""
    return [Paper("by", cast, days(date(2026, 11, 2), (0, "write"), (7, "submit"), (15, "review")))]
