"""Wagtail's pages about users, with one thing less: superusers are among themselves."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.users.views import users


class AmongThemselves:
    """Who is no superuser neither meets one nor makes one: 404, and no box to tick."""

    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        """The user of the address."""
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if found.is_superuser and not self.request.user.is_superuser:
            raise Http404
        return found

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """The form with the box out of sight and out of reach; Wagtail's page wants it there."""
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        if "is_superuser" in form.fields and not self.request.user.is_superuser:
            form.fields["is_superuser"] = forms.BooleanField(
                label="", required=False, disabled=True, widget=forms.HiddenInput
            )
        return form


class IndexView(users.IndexView):
    """The list, with roles in the place of Wagtail's access level."""

    @cached_property
    def columns(self) -> list[Column]:
        """Wagtail's, but for two that say little here."""
        own = {
            "is_superuser": Column("roles", label=gettext_lazy("Rollen"), accessor=_roles),
            "is_active": Column("is_active", label=gettext_lazy("Zugang"), accessor=_access),
        }
        return [own.get(column.name, column) for column in super().columns]

    def get_base_queryset(self) -> "QuerySet[Any]":
        """Whom this person may meet, with their roles."""
        rows: QuerySet[Any] = super().get_base_queryset().prefetch_related("groups")
        return rows if self.request.user.is_superuser else rows.exclude(is_superuser=True)


def _roles(user: Any) -> str:
    names = [gettext(group.name) for group in user.groups.all()]
    return ", ".join(names) or gettext("keine")


def _access(user: Any) -> str:
    return gettext("offen") if user.is_active else gettext("gesperrt")


class CreateView(AmongThemselves, users.CreateView):
    """A new user."""


class EditView(AmongThemselves, users.EditView):
    """Changing one."""


class DeleteView(AmongThemselves, users.DeleteView):
    """Deleting one."""


class HistoryView(AmongThemselves, users.HistoryView):
    """What was done to one."""


class UserViewSet(users.UserViewSet):
    """The pages about users."""

    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    history_view_class = HistoryView
