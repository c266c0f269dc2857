"""Meetings of the conference and their agendas."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from klk_workflow import clock
from klk_workflow.models.document import Document

#: What stands on every agenda, as the conference's flyer of April 2024 says.
FIXED_ITEM: Final = "Länderberichte und Austausch"


class Meeting(ClusterableModel):
    """A meeting: two days in person, or online. Its agenda is its `items`, in order."""

    class Kind(models.TextChoices):
        """How the conference meets, as its flyer of April 2024 says."""

        IN_PERSON = "praesenz", gettext_lazy("Sitzung in Präsenz")
        ONLINE = "online", gettext_lazy("Online-Treffen")

    title = models.CharField(gettext_lazy("Bezeichnung"), max_length=150)
    kind = models.CharField(gettext_lazy("Art"), max_length=20, choices=Kind.choices)
    begins = models.DateField(gettext_lazy("Erster Tag"))
    ends = models.DateField(gettext_lazy("Letzter Tag"))
    place = models.CharField(
        gettext_lazy("Ort"),
        max_length=250,
        blank=True,
        help_text=gettext_lazy("Bei einem Online-Treffen: wie man dazukommt."),
    )
    note = models.TextField(gettext_lazy("Hinweis"), blank=True)

    class Meta:
        verbose_name = gettext_lazy("Sitzung")
        verbose_name_plural = gettext_lazy("Sitzungen")
        ordering = ["-begins", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("begins")),
                name="klk_meeting_ends_later",
                violation_error_message=gettext_lazy("Der letzte Tag liegt vor dem ersten."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.ends < clock.today()

    def complete(self) -> None:
        """See to the fixed item; what waited for the next meeting comes on, if it is this one."""
        if not self.items.filter(is_fixed=True).exists():
            AgendaItem.objects.create(meeting=self, title=FIXED_ITEM, is_fixed=True, sort_order=-1)
        if Meeting.next() == self:
            for item in AgendaItem.objects.filter(meeting=None).order_by("pk"):
                item.meeting, item.sort_order = self, self.last_place + 1
                item.save()

    @property
    def last_place(self) -> int:
        """The number of the last item in the order."""
        last = self.items.aggregate(last=models.Max("sort_order"))["last"]
        return int(last) if last is not None else -1

    @classmethod
    def next(cls) -> "Meeting | None":
        """The meeting that is or comes next, if one is planned."""
        coming = cls._default_manager.filter(ends__gte=clock.today())
        first: Meeting | None = coming.order_by("begins", "pk").first()
        return first


class AgendaItem(Orderable):
    """An item of an agenda: the fixed one, a subject in words, or a document.

    Of a document nothing but the link is kept: who may not know of it does not read its title here.
    Without a meeting it waits for the next one.
    """

    meeting = ParentalKey(Meeting, on_delete=models.CASCADE, related_name="items", null=True)
    title = models.CharField(gettext_lazy("Gegenstand"), max_length=250, blank=True)
    document = models.ForeignKey(
        Document,
        models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=gettext_lazy("Dokument"),
    )
    rule_name = models.CharField(
        gettext_lazy("Durch die Regel"), max_length=100, blank=True, editable=False
    )
    is_fixed = models.BooleanField(default=False, editable=False)

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("Tagesordnungspunkt")
        verbose_name_plural = gettext_lazy("Tagesordnungspunkte")

    def __str__(self) -> str:
        return self.wording

    def clean(self) -> None:
        """An item says what it is about."""
        if not (self.title or self.document_id):
            raise ValidationError({"title": _("Bitte nennen Sie den Gegenstand.")})

    @property
    def wording(self) -> str:
        """The item in words; the title of a document is read where it may be known."""
        return self.title or (self.document.title if self.document else "")


def put_on_agenda(document: Document, rule_name: str = "") -> AgendaItem | None:
    """Put a document on the agenda of the next meeting, or let it wait for one; never twice."""
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        return _put(document, rule_name)


def _put(document: Document, rule_name: str) -> AgendaItem | None:
    meeting = Meeting.next()
    values: dict[str, Any] = {"meeting": meeting, "document_id": document.pk}
    if AgendaItem.objects.filter(**values).exists():
        return None
    place = meeting.last_place + 1 if meeting else None
    item: AgendaItem = AgendaItem.objects.create(**values, rule_name=rule_name, sort_order=place)
    return item
