"""Deputyships: who stands in for whom, from which day to which."""

from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klk_workflow import clock

#: Nobody is represented for longer at once.
LONGEST: Final = timedelta(days=366)


class DeputyshipQuerySet(models.QuerySet["Deputyship"]):
    """Deputyships by what holds today."""

    def running(self) -> "DeputyshipQuerySet":
        """Those that give rights now; an account that is closed neither gives nor gets any."""
        today = clock.today()
        return self.filter(
            begins__lte=today,
            ends__gte=today,
            ended_at=None,
            represented__is_active=True,
            deputy__is_active=True,
        )

    def open(self) -> "DeputyshipQuerySet":
        """Those that run or will run."""
        return self.filter(ends__gte=clock.today(), ended_at=None)


class Deputyship(models.Model):
    """The `deputy` decides for the one `represented`, too, from `begins` to `ends` (both included).

    It ends by itself; `ended_at` says when it was ended before its time. Which rights it gives is
    said in `klk_workflow.permissions`.
    """

    represented = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="deputyships",
        verbose_name=gettext_lazy("Vertreten wird"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="deputised",
        verbose_name=gettext_lazy("Vertretung durch"),
    )
    begins = models.DateField(gettext_lazy("Erster Tag"))
    ends = models.DateField(gettext_lazy("Letzter Tag"))
    ended_at = models.DateTimeField(gettext_lazy("Vorzeitig beendet"), null=True, editable=False)

    objects = DeputyshipQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("Vertretung")
        verbose_name_plural = gettext_lazy("Vertretungen")
        ordering = ["-begins", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("begins")), name="klk_deputyship_ends_later"
            )
        ]

    def __str__(self) -> str:
        names = {"deputy": self.deputy_name, "represented": self.represented_name}
        return _("%(deputy)s für %(represented)s") % names

    def clean(self) -> None:
        """Two people, days in their order and not too many, and one deputy at a time."""
        if self.deputy_id and self.deputy_id == self.represented_id:
            raise ValidationError({"deputy": _("Niemand vertritt sich selbst.")})
        if self.begins and self.ends:
            self._check_days()
            self._check_others()

    def _check_days(self) -> None:
        if self.ends < self.begins:
            raise ValidationError({"ends": _("Der letzte Tag liegt vor dem ersten.")})
        if self.ends - self.begins > LONGEST:
            raise ValidationError({"ends": _("Eine Vertretung dauert höchstens ein Jahr.")})
        if self._state.adding and self.ends < clock.today():
            raise ValidationError({"ends": _("Dieser Tag ist schon vorbei.")})

    def _check_others(self) -> None:
        others = Deputyship.objects.filter(
            represented_id=self.represented_id,
            ended_at=None,
            begins__lte=self.ends,
            ends__gte=self.begins,
        ).exclude(pk=self.pk)
        if self.ended_at is None and (other := others.select_related("deputy").first()):
            said = _("Vom %(from)s bis %(until)s ist schon %(name)s als Vertretung benannt.")
            raise ValidationError({"begins": said % {"name": other.deputy_name, **other.days}})

    @property
    def represented_name(self) -> str:
        """Who is represented."""
        return name_of(self.represented)

    @property
    def deputy_name(self) -> str:
        """Who stands in."""
        return name_of(self.deputy)

    @property
    def is_open(self) -> bool:
        """Whether it runs or will run."""
        return self.ended_at is None and self.ends >= clock.today()

    @property
    def days(self) -> dict[str, str]:
        """First and last day in words."""
        return {"from": _in_words(self.begins), "until": _in_words(self.ends)}

    @property
    def standing(self) -> str:
        """How it stands, in words."""
        if self.ended_at:
            return _("vorzeitig beendet")
        if self.ends < clock.today():
            return _("beendet")
        return _("beginnt noch") if self.begins > clock.today() else _("läuft")

    def end(self) -> None:
        """End it now."""
        self.ended_at = clock.now()
        self.save(update_fields=["ended_at"])


def name_of(user: Any) -> str:
    """How a person is called here."""
    return str(user.get_full_name() or user.get_username())


def _in_words(day: date) -> str:
    return formats.date_format(day, _("j. F Y"))
