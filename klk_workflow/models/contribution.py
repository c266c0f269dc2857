"""Who changed or submitted what since which Edition: the memory of the four-eyes rule."""

from django.db import models

from klk_workflow.models.document import Document


class Contribution(models.Model):
    """A person changed or submitted a document after Edition number `since_edition` (0: none yet).

    The person is a plain value, so that deleting the account does not reopen the way around the
    four-eyes rule.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="contributions")
    user_id = models.BigIntegerField()
    since_edition = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "user_id", "since_edition"], name="klk_contribution_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.user_id} > {self.since_edition}"
