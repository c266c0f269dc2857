"""Deleting what the administration keeps: not while documents belong to it."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.models import DeleteView


class UnusedDeleteView(DeleteView):
    """Deletes an office or a period to which no document belongs, deleted drafts included."""

    @cached_property
    def is_used(self) -> bool:
        """Whether a document belongs to it."""
        return bool(self.object.documents(manager="everything").exists())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The question, or why there is none."""
        if self.is_used:
            self.refuse()
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without a button where nothing can be deleted."""
        return {**super().get_context_data(**kwargs), "is_protected": self.is_used}

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete it, or say why not."""
        if self.is_used:
            self.refuse()
            return redirect(self.get_success_url())
        answer: HttpResponse = super().form_valid(form)
        return answer

    def refuse(self) -> None:
        """Say why it stays."""
        said = _("Zu „%(name)s“ gehören Dokumente. Darum lässt es sich nicht löschen.")
        messages.error(self.request, said % {"name": self.object})
