"""Why something was not done: exceptions with a message for the person who tried."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from klk_workflow.workflows.definition import Text

if TYPE_CHECKING:
    from klk_workflow.models import Part


class Refused(Exception):
    """Nothing was changed; `reasons` say why, in the person's language."""

    def __init__(self, *reasons: Text) -> None:
        super().__init__(*reasons)
        self.reasons: Sequence[Text] = reasons

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


class NotAllowed(Refused):
    """This person may not do this here."""

    def __init__(self, *reasons: Text) -> None:
        super().__init__(*(reasons or (_("Das ist Ihnen hier nicht möglich."),)))


class WrongState(Refused):
    """Somebody else was faster: the way does not start in the present state."""


class ContentChanged(Refused):
    """The content is another than the one the person saw."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Der Text hat sich geändert, seit Sie ihn geöffnet haben. Bitte sehen Sie die "
                "Änderungen an und entscheiden Sie dann neu. Ihre Bemerkung ist noch da."
            )
        )


class Blocked(Refused):
    """A guard stands in the way."""


class RemarkMissing(Refused):
    """The transition asks for words."""

    def __init__(self) -> None:
        super().__init__(_("Bitte schreiben Sie eine Bemerkung dazu."))


class Conflict(Refused):
    """A part was saved by somebody else meanwhile; `current` is what is stored now."""

    def __init__(self, current: "Part | None") -> None:
        super().__init__(_("Dieser Abschnitt wurde inzwischen von jemand anderem gespeichert."))
        self.current = current
