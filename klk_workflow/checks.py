"""What is refused at start: workflows that cannot work or that lead around approval."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.module_loading import import_string

from klk_workflow.models import Part
from klk_workflow.registry import DocumentType, registry
from klk_workflow.roles import EVERY_MEMBER, GROUPS, OWN_OFFICE, SYSTEM
from klk_workflow.workflows import guards
from klk_workflow.workflows.definition import Effect, Guard, Step, Transition, Workflow

#: Steps of approval in their order; content may be published after the last.
_ORDER = (None, Step.SUBMIT, Step.REVIEW, Step.APPROVE)

#: What every decision must be guarded by, whatever else a workflow asks for.
_NEEDED_BY_STEP: dict[Step | None, tuple[Guard, ...]] = {
    Step.REVIEW: (guards.four_eyes,),
    Step.APPROVE: (guards.four_eyes, guards.not_the_reviewer),
}


@register("klk_workflow")
def check_types(**_kwargs: Any) -> list[CheckMessage]:
    """Check every registered type and each of its workflow versions."""
    return [
        message
        for document_type in registry
        for message in (
            *_parts(document_type),
            *_templates(document_type),
            *_paths(document_type),
            *_search_fields(document_type),
            *(m for flow in document_type.model.workflows for m in check_workflow(flow)),
        )
    ]


def check_workflow(workflow: Workflow) -> list[CheckMessage]:
    """Unknown states or roles, unreachable states, dead ends, editions without approval by two."""
    return [
        *_unknown(workflow),
        *_unreachable(workflow),
        *_dead_ends(workflow),
        *_around_approval(workflow),
        *_without_four_eyes(workflow),
        *_joint(workflow),
        *_timed(workflow),
        *_named(workflow),
    ]


def _unknown(workflow: Workflow) -> Iterator[CheckMessage]:
    keys = {state.key for state in workflow.states}
    for way in workflow.transitions:
        for state in {*way.by, way.target} - keys - {None}:
            yield Error(
                f"{workflow.key}: transition {way.key!r} names the unknown state {state!r}.",
                hint="Declare the state or mend its name.",
                id="klk_workflow.E001",
            )
        for role in {role for roles in way.by.values() for role in roles} | set(way.notifies):
            if role not in {*GROUPS, OWN_OFFICE, SYSTEM}:
                yield _unknown_role(workflow, f"transition {way.key!r}", role)
        for role in set(way.named_by) - set(GROUPS):
            yield _unknown_role(workflow, f"named_by of {way.key!r}", role)
    for one in workflow.states:
        limit = one.deadline
        told = {*limit.tell, *limit.escalate} if limit else set()
        for role in one.readers | one.editors | one.snapshot_readers | told:
            if role not in {*GROUPS, OWN_OFFICE, EVERY_MEMBER}:
                yield _unknown_role(workflow, f"state {one.key!r}", role)


def _unknown_role(workflow: Workflow, where: str, role: str) -> CheckMessage:
    return Error(
        f"{workflow.key}: {where} names the unknown role {role!r}.",
        hint="Use a role from klk_workflow.roles.",
        id="klk_workflow.E002",
    )


def _reached(workflow: Workflow) -> set[tuple[str, bool]]:
    """Every state that can be come to, and whether there is an Edition by then."""
    reached = {(workflow.initial, False)}
    queue = deque(reached)
    while queue:
        state, has_edition = queue.popleft()
        for way in workflow.leaving(state):
            if not _is_passable(way, state, has_edition=has_edition):
                continue
            then = (way.target or state, has_edition or way.effect == Effect.MAKE_EDITION)
            if then not in reached:
                reached.add(then)
                queue.append(then)
    return reached


def _is_passable(way: Transition, state: str, *, has_edition: bool) -> bool:
    """Whether anybody can ever get past the guards: some ask for what cannot be there."""
    needs_edition = {guards.has_edition, guards.edition_is_shown, guards.edition_is_withdrawn}
    if not has_edition and needs_edition & set(way.guards):
        return False
    return not (guards.other_land in way.guards and set(way.by[state]) == {OWN_OFFICE})


def _unreachable(workflow: Workflow) -> Iterator[CheckMessage]:
    reached = {state for state, _has_edition in _reached(workflow)}
    for key in [state.key for state in workflow.states if state.key not in reached]:
        yield Error(
            f"{workflow.key}: no way leads to the state {key!r}.",
            hint="Add a transition to it or remove it.",
            id="klk_workflow.E003",
        )


def _dead_ends(workflow: Workflow) -> Iterator[CheckMessage]:
    moving = {
        state
        for state, has_edition in _reached(workflow)
        for way in workflow.leaving(state)
        if way.target not in {None, state} and _is_passable(way, state, has_edition=has_edition)
    }
    reached = {state for state, _has_edition in _reached(workflow)}
    for state in workflow.states:
        if state.key in reached - moving and not state.final:
            yield Error(
                f"{workflow.key}: no way leads out of {state.key!r}.",
                hint="Add a transition or declare the state final.",
                id="klk_workflow.E004",
            )


def _around_approval(workflow: Workflow) -> Iterator[CheckMessage]:
    """Walk every state with the approval its content has; a state that can be edited has none."""
    start = (workflow.initial, 0)
    seen = {start}
    queue = deque([start])
    faulty: set[str] = set()
    while queue:
        state, stage = queue.popleft()
        for way in workflow.leaving(state):
            if way.effect == Effect.MAKE_EDITION and stage < len(_ORDER) - 1:
                faulty.add(way.key)
            then = (
                way.target or state,
                _stage_after(workflow, way.step, stage, way.target or state),
            )
            if then[0] in {s.key for s in workflow.states} and then not in seen:
                seen.add(then)
                queue.append(then)
    for key in sorted(faulty):
        yield Error(
            f"{workflow.key}: {key!r} can make an Edition of content that was not approved.",
            hint="Let every way to it pass submission, review and approval after the last edit.",
            id="klk_workflow.E005",
        )


def _stage_after(workflow: Workflow, step: Step | None, stage: int, target: str) -> int:
    if any(state.key == target and state.editors for state in workflow.states):
        return 0
    if step is None:
        return stage
    place = _ORDER.index(step)
    return place if place == stage + 1 or step == Step.SUBMIT else stage


def _without_four_eyes(workflow: Workflow) -> Iterator[CheckMessage]:
    """One person must not do all steps, and what is published must be what was approved.

    Others than the office decide, unless all who are concerned decide together (`quorum`).
    """
    for way in workflow.transitions:
        needed = list(_NEEDED_BY_STEP.get(way.step, ()))
        if needed and not way.quorum:
            needed.append(guards.other_land)
        if way.effect == Effect.MAKE_EDITION:
            needed.append(guards.approved_as_it_is)
        if way.quorum:
            needed.append(guards.has_a_voice)
        if way.after_days:
            needed.append(guards.time_is_up)
        if way.named:
            needed.append(guards.is_the_named)
        for guard in needed:
            if guard not in way.guards:
                yield Error(
                    f"{workflow.key}: {way.key!r} lacks the guard {guard.__name__}.",
                    hint="Add it from klk_workflow.workflows.guards.",
                    id="klk_workflow.E007",
                )


def _joint(workflow: Workflow) -> Iterator[CheckMessage]:
    """A joint decision must be possible, and nobody decides on what their own office wrote."""
    for way in workflow.transitions:
        quorum = way.quorum
        if quorum and (
            quorum.size < 1 or (quorum.electorate and quorum.size > len(quorum.electorate))
        ):
            yield Error(
                f"{workflow.key}: {way.key!r} can never have the voices it needs.",
                hint="Name an electorate, and no more needed voices than it has.",
                id="klk_workflow.E008",
            )
        decides = way.step in {Step.REVIEW, Step.APPROVE}
        if decides and any(OWN_OFFICE in roles for roles in way.by.values()):
            yield Error(
                f"{workflow.key}: in {way.key!r} an office decides on its own work.",
                hint="Give the step to another role.",
                id="klk_workflow.E009",
            )


def _timed(workflow: Workflow) -> Iterator[CheckMessage]:
    """What the System does by itself is declared: its time, and that silence decides."""
    for way in workflow.transitions:
        by_system = any(SYSTEM in roles for roles in way.by.values())
        decides = way.step in {Step.REVIEW, Step.APPROVE}
        if decides and by_system and not (way.after_days and workflow.silent_consent):
            yield Error(
                f"{workflow.key}: {way.key!r} is decided by lapse of time.",
                hint="Set after_days and silent_consent=True, or take the System out.",
                id="klk_workflow.E010",
            )
        if way.by and way.after_days and not by_system:
            yield Error(
                f"{workflow.key}: {way.key!r} has a time, but the System may not take it.",
                hint="Add klk_workflow.roles.SYSTEM to its roles.",
                id="klk_workflow.E011",
            )


def _paths(kind: DocumentType) -> Iterator[CheckMessage]:
    names = [kind.start_form, kind.head_form, kind.demo, *kind.part_forms.values()]
    names += [*kind.panels, *kind.menu, *kind.reports, *kind.subscribers]
    names += kind.vocabularies.values()
    for name in filter(None, names):
        try:
            import_string(name)
        except ImportError as error:
            yield Error(
                f"{kind.key}: {name!r} cannot be imported: {error}",
                hint="Mend the dotted path in the declaration, or the module.",
                id="klk_workflow.E012",
            )


def _search_fields(kind: DocumentType) -> Iterator[CheckMessage]:
    for name in {*kind.search_fields, *kind.vocabularies} - set(kind.model.content_fields()):
        yield Error(
            f"{kind.key}: {name!r} is no own field that is published.",
            hint="Name one of the model's content_fields().",
            id="klk_workflow.E013",
        )


def _named(workflow: Workflow) -> Iterator[CheckMessage]:
    """A name that binds must not leave a document where nobody can take it further."""
    for way in workflow.transitions:
        if not way.named:
            continue
        if not way.named_by:
            yield Error(
                f"{workflow.key}: {way.key!r} is for the named person, but nobody may name one.",
                hint="Set named_by to the roles that do.",
                id="klk_workflow.E014",
            )
        if way.quorum or any({SYSTEM, OWN_OFFICE} & set(roles) for roles in way.by.values()):
            yield Error(
                f"{workflow.key}: {way.key!r} cannot be for one named person.",
                hint="A joint decision, the office's own step and the System's have no name.",
                id="klk_workflow.E015",
            )


def _parts(document_type: DocumentType) -> Iterator[CheckMessage]:
    """A kind of part says what the engine asks of it, and its form takes the document."""
    for part in document_type.parts:
        lacking = [name for name in ("kind", "template") if not hasattr(part, name)]
        lacking += [
            name for name in ("label", "own_content") if getattr(part, name) is getattr(Part, name)
        ]
        for name in lacking:
            yield Error(
                f"{document_type.key}: the part {part.__name__} does not say its {name}.",
                hint=f"Define {name} in the class; see klk_workflow.models.Part.",
                id="klk_workflow.E016",
            )
    for kind, path in document_type.part_forms.items():
        yield from _part_form(document_type, kind, path)


def _part_form(document_type: DocumentType, kind: str, path: str) -> Iterator[CheckMessage]:
    try:
        form = import_string(path)
    except ImportError as error:
        yield Error(f"{document_type.key}: {error}", id="klk_workflow.E017")
        return
    makers = (base.__dict__.get("__init__") for base in form.__mro__)
    if not any(maker and "document" in _arguments(maker) for maker in makers):
        yield Error(
            f"{document_type.key}: the form of {kind!r} does not take the document.",
            hint="Let it be a klk_workflow.extending.forms.OwnPartForm.",
            id="klk_workflow.E018",
        )


def _arguments(maker: Any) -> set[str]:
    """The arguments that a function names."""
    code = getattr(maker, "__code__", None)
    return set(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]) if code else set()


def _templates(document_type: DocumentType) -> Iterator[CheckMessage]:
    names = [document_type.fragment, document_type.head_template]
    names += [getattr(part, "template", "") for part in document_type.parts]
    names += [part.group_template for part in document_type.parts]
    for name in filter(None, names):
        try:
            get_template(name)
        except TemplateDoesNotExist:
            yield Error(
                f"{document_type.key}: the template {name!r} does not exist.",
                hint="Add it to the plugin's templates.",
                id="klk_workflow.E006",
            )
