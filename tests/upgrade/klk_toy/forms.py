"""A form that asks for nothing."""

from django import forms


class StartForm(forms.Form):
    """Not used here."""
