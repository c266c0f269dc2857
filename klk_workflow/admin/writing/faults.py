"""What a form lacks, in words, each with the place where it is written."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

#: Where the page shows the editor of a body.
_BODY = "klk-body"


@dataclass(frozen=True)
class Fault:
    """A field that is not in order: its name, what to say of it, and its id on the page."""

    name: str
    text: str
    target: str


def cut_nothing(form: forms.BaseForm) -> None:
    """Let the form say what is too long: told of a limit, a browser cuts what is pasted."""
    for field in form.fields.values():
        field.widget.attrs.pop("maxlength", None)


def faults(form: forms.BaseForm) -> list[Fault]:
    """The faults at the form's fields, in their order; those of a body block by block."""
    found: list[Fault] = []
    for field in form:
        for error in form.errors.as_data().get(field.name, [])[:1]:
            if isinstance(error, StreamBlockValidationError):
                found += _in_body(error, field.value())
            else:
                found.append(Fault(str(field.label), str(field.label), field.id_for_label))
    return found


def _in_body(error: StreamBlockValidationError, body: Any) -> Iterable[Fault]:
    for said in error.non_block_errors:
        yield Fault(_("Text"), str(said), _BODY)
    seen: Counter[str] = Counter()
    for n, child in enumerate(body):
        seen[child.block_type] += 1
        if n in error.block_errors:
            name = f"{child.block.label} {seen[child.block_type]}"
            yield from _in_block(name, n, child.block, error.block_errors[n])


def _in_block(name: str, n: int, block: Any, error: ValidationError) -> Iterable[Fault]:
    if not isinstance(error, StructBlockValidationError):
        yield Fault(name, name, _BODY)
        return
    for key, reason in error.block_errors.items():
        field = f"{name}: {block.child_blocks[key].label}"
        said = _("%(field)s fehlt") % {"field": field}
        if reason.code != "required":
            said = f"{field}: {' '.join(reason.messages)}"
        yield Fault(field, said, f"body-{n}-value-{key}")
