"""What happened: the append-only record, chained by digests."""

import hmac
import secrets
from hashlib import sha256
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from klk_workflow.content.digest import canonical, hexdigest
from klk_workflow.models.document import Document

#: Columns that an Event's own digest covers. What people typed (the remark, and the details
#: in `data`) is in it as a salted commitment: it can be removed without breaking the chain.
CHAINED = (
    "seq",
    "at",
    "action",
    "from_state",
    "to_state",
    "workflow_version",
    "actor_id",
    "actor_commitment",
    "actor_role",
    "actor_office",
    "on_behalf",
    "channel",
    "words_commitment",
    "digest",
    "round",
    "revision_id",
    "text_digest",
    "edition_number",
    "data",
    "prev",
)

#: What people typed into the form of a transition, in `data`.
DETAILS = "details"

#: For whom a deputy acted, in `data`: the number of the `person`, and the days `from` and `until`
#: between which the deputyship runs.
REPRESENTED = "represented"


class Event(models.Model):
    """One transition or decision. People and revisions are plain values; rows are never changed.

    What is recorded beside the transitions (`klk_workflow.chain.NOTES`) has the revision 0.
    `digest` is the content acted on, `text_digest` the revision's raw rows, `prev` the digest of
    the previous Event of the document (empty for the first), `hash` the digest of this one, `seal`
    its signature if there is a key (`klk_workflow.evidence.seals`). The person's name is not in
    the row but beside the chain (`EventName`), bound to it by `actor_commitment`.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField(_("Zeitpunkt"))
    action = models.CharField(max_length=50)
    from_state = models.CharField(max_length=50)
    to_state = models.CharField(max_length=50)
    workflow_version = models.PositiveIntegerField()
    actor_id = models.BigIntegerField(null=True)
    actor_commitment = models.CharField(max_length=64)
    actor_role = models.CharField(_("Rolle"), max_length=50)
    actor_office = models.CharField(_("Stelle"), max_length=200, blank=True)
    on_behalf = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=20)
    remark = models.TextField(_("Bemerkung"), blank=True)
    words_salt = models.CharField(max_length=64, blank=True)
    words_commitment = models.CharField(max_length=64, blank=True)
    digest = models.CharField(_("Prüfsumme"), max_length=64)
    round = models.PositiveIntegerField()
    revision_id = models.BigIntegerField()
    text_digest = models.CharField(max_length=64, blank=True)
    edition_number = models.PositiveIntegerField(null=True)
    data = models.JSONField(default=dict)
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)
    seal = models.CharField(max_length=128, blank=True)

    class Meta:
        verbose_name = _("Vorgang")
        verbose_name_plural = _("Vorgänge")
        ordering = ["document", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["document", "seq"], name="klk_event_seq_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.seq} {self.action}"

    def compute_hash(self) -> str:
        """The digest of this row, from its columns and the document's natural key."""
        row: dict[str, Any] = {name: getattr(self, name) for name in CHAINED}
        row["at"] = self.at.isoformat()
        row["data"] = {name: value for name, value in self.data.items() if name != DETAILS}
        row["document"] = self.document.natural_key
        return hexdigest(row)

    @property
    def represented_id(self) -> int | None:
        """The number of the person for whom a deputy acted."""
        said: int | None = self.data.get(REPRESENTED, {}).get("person")
        return said

    @property
    def actors(self) -> set[int | None]:
        """Whose act it is, by number: whoever did it, and for whom."""
        return {self.actor_id, self.represented_id or self.actor_id}

    @property
    def has_words(self) -> bool:
        """Whether anything that people typed is (still) here."""
        return bool(self.remark or self.data.get(DETAILS))

    def commit_words(self) -> str:
        """The salted commitment to what people typed, or empty if they typed nothing."""
        if not self.has_words:
            return ""
        return commit(canonical([self.remark, self.data.get(DETAILS)]), self.words_salt)


def new_salt() -> str:
    """A fresh salt of 32 random bytes, in hex."""
    return secrets.token_hex(32)


def commit(value: bytes, salt: str) -> str:
    """The salted commitment to a value that the chain holds in its place."""
    return hmac.new(salt.encode(), value, sha256).hexdigest()


class EventName(models.Model):
    """The name of the person behind an Event; deleting the row erases the name, not the record.

    `represented` is the name of the one for whom a deputy acted.
    """

    event = models.OneToOneField(Event, models.CASCADE, related_name="name")
    name = models.CharField(max_length=150)
    represented = models.CharField(max_length=150, blank=True)
    salt = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("Name zum Vorgang")
        verbose_name_plural = _("Namen zu Vorgängen")

    def __str__(self) -> str:
        return self.name

    @property
    def commitment(self) -> str:
        """The salted commitment that the chain holds: to the name, or to both."""
        both = canonical([self.name, self.represented])
        return commit(both if self.represented else self.name.encode(), self.salt)
