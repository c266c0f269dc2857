"""What was recorded or published is not deleted, by whatever door: the last one is here."""

from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _

from klk_workflow.models import Edition, Event


def refuse(instance: Event | Edition, **_kwargs: Any) -> None:
    """Stop Django from deleting an Event or an Edition; raises ProtectedError."""
    raise ProtectedError(
        _("Was geschehen oder veröffentlicht ist, wird nicht gelöscht."), {instance}
    )


def connect() -> None:
    """Ask before each deletion; `QuerySet.delete` and cascades ask too."""
    for model in (Event, Edition):
        pre_delete.connect(
            refuse, sender=model, dispatch_uid=f"klk_workflow.deletion.keeping.{model}"
        )
