"""Wagtail's pages about users, with one thing less: only a superuser makes superusers."""

from typing import Any

from django import forms
from wagtail.users.views import users


class WithoutSuperuser:
    """Puts the box away for everybody else; what is posted for it is not looked at."""

    request: Any

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """The form with the box out of sight and out of reach; Wagtail's page wants it there."""
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        if "is_superuser" in form.fields and not self.request.user.is_superuser:
            form.fields["is_superuser"] = forms.BooleanField(
                label="", required=False, disabled=True, widget=forms.HiddenInput
            )
        return form


class CreateView(WithoutSuperuser, users.CreateView):
    """A new user."""


class EditView(WithoutSuperuser, users.EditView):
    """Changing one."""


class UserViewSet(users.UserViewSet):
    """The pages about users."""

    add_view_class = CreateView
    edit_view_class = EditView
