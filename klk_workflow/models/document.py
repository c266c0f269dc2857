"""Document: what people write, the working copy. The parent table of every type."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from klk_workflow.laender import LAND_CHOICES, land_name
from klk_workflow.models.office import Office
from klk_workflow.models.period import Period
from klk_workflow.workflows.definition import Effect, State, Text, Transition, Workflow

if TYPE_CHECKING:
    from klk_workflow.models.event import Event
    from klk_workflow.models.part import Part
    from klk_workflow.registry import DocumentType


class StateField(FSMField):
    """django-fsm's protected field that looks like a CharField to migrations.

    No migration imports django-fsm, so that a later engine can live without it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(protected=True, editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Present the plain column."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs


@dataclass(frozen=True)
class Missing:
    """Something to be done before submission, in words.

    `part` is what it is about, or `kind` the kind of which a part is missing; with neither it is
    about the document's own fields.
    """

    text: Text
    part: "Part | None" = None
    kind: str = ""


def _salt() -> str:
    return secrets.token_hex(32)


class Present(models.Manager["Document"]):
    """All documents but the deleted drafts, which only `klk_workflow.deletion.papierkorb` meets."""

    def get_queryset(self) -> "models.QuerySet[Document]":
        """Those that are there."""
        return super().get_queryset().filter(deleted_at=None)


class Document(models.Model):
    """A Länderbericht, an action plan, or whatever a plugin adds; one row to lock.

    A subclass declares `workflows`, a tuple of its workflow versions, newest last; django-fsm's
    transitions are generated from them when the class is made. `type_key` names the registered
    type, `natural_key` what there can be only one of, ever.
    """

    workflows: ClassVar[tuple[Workflow, ...]] = ()
    #: Names that fields had in older texts, and the names they have now.
    renamed: ClassVar[dict[str, str]] = {}

    natural_key = models.CharField(max_length=200, unique=True)
    type_key = models.CharField(max_length=50, db_index=True)
    title = models.CharField(_("Titel"), max_length=250)
    land = models.CharField(
        _("Land"), max_length=2, blank=True, choices=LAND_CHOICES, db_index=True
    )
    period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    offices = models.ManyToManyField(Office, related_name="documents", verbose_name=_("Stellen"))
    state = StateField(_("Stand"), max_length=50, db_index=True)
    workflow_version = models.PositiveIntegerField(default=1)
    outline_version = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    digest = models.CharField(_("Prüfsumme"), max_length=64, blank=True)
    salt = models.CharField(max_length=64, default=_salt, editable=False)
    round = models.PositiveIntegerField(default=0)
    edition_count = models.PositiveIntegerField(default=0)
    event_count = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    scheduled_for = models.DateTimeField(_("Termin"), null=True, blank=True, db_index=True)
    deleted_at = models.DateTimeField(_("Gelöscht"), null=True, blank=True, db_index=True)
    created_at = models.DateTimeField(_("Begonnen"))
    updated_at = models.DateTimeField(_("Zuletzt geändert"), db_index=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = Present()
    everything = models.Manager["Document"]()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("Dokument")
        verbose_name_plural = _("Dokumente")

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Generate the transitions of every workflow version, before django-fsm collects them."""
        super().__init_subclass__(**kwargs)
        for workflow in cls.__dict__.get("workflows", ()):
            _generate_transitions(cls, workflow)

    def __str__(self) -> str:
        return self.title

    def clean_fields(self, exclude: Iterable[str] | None = None) -> None:
        """Validate all but the state, which nobody may assign."""
        super().clean_fields(exclude={*(exclude or ()), "state"})

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row again, the protected state included."""
        self.__dict__.pop("state", None)
        super().refresh_from_db(*args, **kwargs)

    # --- what a type may say of itself -------------------------------------------------------

    @classmethod
    def content_fields(cls) -> list[str]:
        """Names of the type's own fields that belong to the content: an explicit allow-list."""
        return []

    def canonical_fields(self) -> dict[str, Any]:
        """The own fields as JSON values, for the digest."""
        return {name: getattr(self, name) for name in self.content_fields()}

    def public_path(self) -> str:
        """The address below the type's public folder, made of the natural key: "nw/2026-2"."""
        return self.natural_key.partition(":")[2].replace(":", "/")

    def missing_fields(self, parts: "Sequence[Part]") -> list[Missing]:  # noqa: ARG002 - for types
        """What the type's own fields still lack before submission, or which part; no queries."""
        return []

    # --- derived -----------------------------------------------------------------------------

    @property
    def type(self) -> "DocumentType":
        """The registered type."""
        from klk_workflow.registry import registry

        return registry.get(self.type_key)

    @property
    def workflow(self) -> Workflow:
        """The workflow version this document is under: the authority on its ways."""
        return self._flows[self.workflow_version]

    @property
    def _flows(self) -> dict[int, Workflow]:
        return {flow.version: flow for flow in self.type.model.workflows}

    def workflow_at(self, version: int) -> Workflow:
        """The type's workflow of this version; KeyError if it has none."""
        return self._flows[version]

    def way_of(self, event: "Event") -> Transition | None:
        """The transition that an Event took, by the definition it names; None if it took none."""
        flow = self._flows.get(event.workflow_version)
        return flow.transition(event.action) if flow and flow.has(event.action) else None

    def effect_of(self, event: "Event") -> Effect:
        """What an Event did besides moving the state, by the definition it names."""
        way = self.way_of(event)
        return way.effect if way else Effect.NONE

    def actions_with(self, effect: Effect) -> set[str]:
        """Keys of the transitions with this effect, in any version the document can have had."""
        return {key for flow in self._flows.values() for key in flow.with_effect(effect)}

    @property
    def state_info(self) -> State:
        """Label and rights of the present state."""
        return self.workflow.state(self.state)

    @property
    def specific(self) -> Self:
        """This document as an instance of its type's model."""
        model = self.type.model
        if isinstance(self, model):
            return self
        return model.everything.get(pk=self.pk)  # type: ignore[return-value]

    @property
    def land_name(self) -> str:
        """Name of the Land, or empty."""
        return land_name(self.land)

    @property
    def has_edition(self) -> bool:
        """Whether a Fassung was ever published."""
        return self.edition_count > 0

    @property
    def path(self) -> str:
        """The public address without leading or closing slash, e.g. "laenderberichte/nw/2026-2"."""
        return f"{self.type.slug}/{self.specific.public_path()}"

    def parts(self) -> "list[Part]":
        """All parts in the order of their kinds and positions; one query for each kind."""
        return [
            part
            for kind in self.type.parts
            for part in kind._default_manager.filter(document_id=self.pk)
            .prefetch_related(*kind.related)
            .order_by("position", "pk")
        ]


def _generate_transitions(model: type[Document], workflow: Workflow) -> None:
    field = Document._meta.get_field("state")
    for way in workflow.transitions:

        def method(self: Document) -> None:
            """Only the state moves here; `perform` does the rest."""

        method.__name__ = workflow.method_name(way.key)
        method.__qualname__ = f"{model.__qualname__}.{method.__name__}"
        decorated = transition(field=field, source=list(way.sources), target=way.target)(method)
        setattr(model, method.__name__, decorated)
    for old, new in workflow.replaces.items():

        def carried_over(self: Document) -> None:
            """The state has another name in this version."""

        carried_over.__name__ = workflow.method_name(f"von_{old}")
        carried_over.__qualname__ = f"{model.__qualname__}.{carried_over.__name__}"
        renamed = transition(field=field, source=old, target=new)(carried_over)
        setattr(model, carried_over.__name__, renamed)
