"""Wagtail's pages about users, with one thing less: only a superuser makes superusers."""

from typing import Any

from wagtail.users.views import users


class WithoutSuperuser:
    """Leaves the box out for everybody else; what is posted for it is not looked at."""

    request: Any

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """The form without the box."""
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        if not self.request.user.is_superuser:
            form.fields.pop("is_superuser", None)
        return form


class CreateView(WithoutSuperuser, users.CreateView):
    """A new user."""


class EditView(WithoutSuperuser, users.EditView):
    """Changing one."""


class UserViewSet(users.UserViewSet):
    """The pages about users."""

    add_view_class = CreateView
    edit_view_class = EditView
