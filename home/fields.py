"""A model field for several keys of one vocabulary."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models


class KeysField(models.TextField):  # type: ignore[type-arg]
    """Keys of a vocabulary, in Python a list, in the database `,polizei,justiz,`.

    So one LIKE finds a key on every database: `.filter(professions__contains=containing(key))`.
    """

    def __init__(
        self, *args: Any, vocabulary: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> None:
        self.vocabulary = vocabulary or {}
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_args: object) -> list[str]:
        """Give the column's text as a list."""
        return self.to_python(value)

    def to_python(self, value: Any) -> list[str]:
        """Take a list as it is and a text apart."""
        if isinstance(value, str):
            return [key for key in value.split(",") if key]
        return list(value or [])

    def get_prep_value(self, value: Any) -> str:
        """Write the list as text, with a comma before and after each key."""
        keys = self.to_python(value)
        return f",{','.join(keys)}," if keys else ""

    def value_to_string(self, obj: models.Model) -> str:
        """Serialise for fixtures and page revisions."""
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **_kwargs: Any) -> forms.MultipleChoiceField:
        """Offer the vocabulary as boxes to tick."""
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            help_text=self.help_text,
            required=not self.blank,
            choices=list(self.vocabulary.items()),
            widget=forms.CheckboxSelectMultiple,
        )


def labels(vocabulary: Mapping[str, Any], keys: list[str]) -> list[str]:
    """Name the keys, in the vocabulary's order; unknown keys stay as they are."""
    known = [str(label) for key, label in vocabulary.items() if key in keys]
    return known + [key for key in keys if key not in vocabulary]


def containing(key: str) -> str:
    """The text to look for in a `KeysField`'s column."""
    return f",{key},"
