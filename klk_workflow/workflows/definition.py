"""Workflows as data: which states there are, and which ways lead from one to the next."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from klk_workflow.workflows.guards import Situation

Text: TypeAlias = Any  # a str or a lazy translation of one
Guard: TypeAlias = Callable[["Situation"], "list[Text]"]


class Step(StrEnum):
    """What a transition means for the approval of content."""

    SUBMIT = "submit"
    REVIEW = "review"
    APPROVE = "approve"


class Effect(StrEnum):
    """What a transition does besides moving the state; `klk_workflow.effects` holds the code."""

    NONE = ""
    OPEN_ROUND = "open_round"
    MAKE_EDITION = "make_edition"
    SET_DATE = "set_date"
    CLEAR_DATE = "clear_date"
    BEGIN_FASSUNG = "begin_fassung"
    DISCARD_FASSUNG = "discard_fassung"
    ARCHIVE = "archive"
    UNARCHIVE = "unarchive"
    WITHDRAW = "withdraw"
    SHOW_AGAIN = "show_again"


class Remark(StrEnum):
    """Whether a transition asks for words."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class Unit(StrEnum):
    """What has one voice in a joint decision."""

    PERSON = "person"
    OFFICE = "office"
    LAND = "land"


@dataclass(frozen=True)
class Quorum:
    """Several take the way together: each unit has one voice, the last one needed moves the state.

    `electorate` names the units that have a voice (codes of Länder, numbers of offices or users);
    empty means everybody with the role. `needed` is how many must consent, 0 all of the
    electorate. The Land or office that submitted has consented by submitting.
    """

    unit: Unit
    needed: int = 0
    electorate: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many voices it takes."""
        return self.needed or len(self.electorate)


@dataclass(frozen=True)
class Deadline:
    """How long a document should stay in a state at most, and who hears of it.

    `days` after it came there. `remind` are days before that on which `tell` get a mail; on the
    day itself `escalate` get it too.
    """

    days: int
    remind: tuple[int, ...] = ()
    tell: tuple[str, ...] = ()
    escalate: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """A state of a document and who meets its content there.

    `readers` read the working copy, `editors` change it, `snapshot_readers` see only what was
    last submitted. The members of these sets are role names from `klk_workflow.roles`.
    """

    key: str
    label: Text
    readers: frozenset[str]
    editors: frozenset[str] = frozenset()
    snapshot_readers: frozenset[str] = frozenset()
    final: bool = False
    deadline: Deadline | None = None


@dataclass(frozen=True)
class Transition:
    """A way between states. `by` maps each source state to the roles that may go this way.

    `target` None stays in the state. `notifies` are the roles that get mail. `on_edition` marks an
    act on one Edition, which must be named. `done` words what has happened, for lists and mails.
    With a `quorum` several take it together. `after_days` lets the System take it when the document
    has been in the source state for so long; of a decision that is silent consent. `form` is the
    dotted path of a Django form whose cleaned values go into the Event. The roles in `named_by` may
    name who takes the way in a round; where it is `named`, nobody else takes it.
    """

    key: str
    label: Text
    done: Text
    by: Mapping[str, tuple[str, ...]]
    target: str | None = None
    guards: tuple[Guard, ...] = ()
    remark: Remark = Remark.NONE
    step: Step | None = None
    effect: Effect = Effect.NONE
    notifies: tuple[str, ...] = ()
    on_edition: bool = False
    primary: bool = False
    quorum: Quorum | None = None
    after_days: int = 0
    form: str = ""
    named_by: tuple[str, ...] = ()
    named: bool = False

    @property
    def decides(self) -> bool:
        """Whether it judges the content."""
        return self.step in {Step.REVIEW, Step.APPROVE}

    @property
    def sources(self) -> tuple[str, ...]:
        """The states from which this way starts."""
        return tuple(self.by)


@dataclass(frozen=True)
class Workflow:
    """A named, versioned set of states and transitions; the first state is the beginning.

    `silent_consent` declares openly that somebody's silence may count as a decision here.
    `replaces` says which state of an earlier version has which name here, for documents that are
    moved to this one; states that keep their key need no line.
    """

    key: str
    version: int
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    silent_consent: bool = False
    replaces: Mapping[str, str] = field(default_factory=dict)
    _states: dict[str, State] = field(init=False, repr=False, compare=False)
    _transitions: dict[str, Transition] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index states and transitions by key."""
        object.__setattr__(self, "_states", {state.key: state for state in self.states})
        object.__setattr__(self, "_transitions", {way.key: way for way in self.transitions})

    @property
    def initial(self) -> str:
        """The state in which a document begins."""
        return self.states[0].key

    def state(self, key: str) -> State:
        """The state with this key; KeyError if the workflow has none."""
        return self._states[key]

    def transition(self, key: str) -> Transition:
        """The transition with this key; KeyError if the workflow has none."""
        return self._transitions[key]

    def has(self, key: str) -> bool:
        """Whether a transition with this key exists."""
        return key in self._transitions

    def leaving(self, state: str) -> list[Transition]:
        """The transitions that start in this state, in the order declared."""
        return [way for way in self.transitions if state in way.by]

    def with_effect(self, effect: Effect) -> set[str]:
        """Keys of the transitions that have this effect."""
        return {way.key for way in self.transitions if way.effect == effect}

    @property
    def deciding_roles(self) -> frozenset[str]:
        """The roles that review or approve."""
        decisions = (way for way in self.transitions if way.decides)
        return frozenset(role for way in decisions for roles in way.by.values() for role in roles)

    def method_name(self, key: str) -> str:
        """Name of the generated django-fsm method; it carries the version, which stays callable."""
        return f"_do_{key}_v{self.version}"


def extend(
    base: Workflow,
    *,
    key: str,
    version: int = 1,
    states: Iterable[State] = (),
    transitions: Iterable[Transition] = (),
    without: Iterable[str] = (),
    silent_consent: bool | None = None,
    replaces: Mapping[str, str] | None = None,
) -> Workflow:
    """A workflow made from another: what is named again is replaced, the rest added to it.

    `without` names states and transitions to leave out; ways from or to such a state go with it.
    `replaces` is that of `Workflow`, for a next version.
    """
    gone = set(without)
    kept = _merged(base.states, states, gone)
    ways = [
        replace(way, by={state: roles for state, roles in way.by.items() if state not in gone})
        for way in _merged(base.transitions, transitions, gone)
        if way.target not in gone
    ]
    silent = base.silent_consent if silent_consent is None else silent_consent
    return Workflow(
        key, version, tuple(kept), tuple(w for w in ways if w.by), silent, replaces or {}
    )


def _merged(base: Iterable[Any], more: Iterable[Any], gone: set[str]) -> list[Any]:
    by_key = {item.key: item for item in base}
    by_key |= {item.key: item for item in more}
    return [item for key, item in by_key.items() if key not in gone]
