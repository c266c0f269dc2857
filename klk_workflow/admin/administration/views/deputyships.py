"""One's own deputyships: whom one has named, whom one stands in for, and the end of either."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from klk_workflow.admin.administration.deputyship_forms import OwnDeputyForm
from klk_workflow.admin.doors import PersonMixin
from klk_workflow.models import Deputyship
from klk_workflow.models.deputyship import DeputyshipQuerySet
from klk_workflow.people import deputisable

#: So many of what was stand on the page; the administration has all.
SHOWN = 50


class OwnDeputyshipsMixin(PersonMixin):
    """For people with a role; they meet those deputyships that they are part of."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Whoever has no role has nothing to hand on."""
        if not self.person.roles:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def deputyships(self) -> DeputyshipQuerySet:
        """Of oneself and by oneself, those that end last first."""
        mine = Q(represented=self.request.user.pk) | Q(deputy=self.request.user.pk)
        rows = Deputyship.objects.filter(mine).order_by("-ends", "-pk")
        both: DeputyshipQuerySet = rows.select_related("represented", "deputy")
        return both


class DeputyshipsView(OwnDeputyshipsMixin, WagtailAdminTemplateMixin, TemplateView):
    """The list, and for those who decide the form to name somebody."""

    template_name = "klk_workflow/admin/deputyships/deputyships.html"
    page_title = gettext_lazy("Vertretung")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """The empty form."""
        return self.page(OwnDeputyForm(user=request.user))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Name somebody; what is refused comes back filled."""
        if not self._may_name():
            raise PermissionDenied
        form = OwnDeputyForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.page(form, status=422)
        made = form.save()
        log(instance=made, action="wagtail.create", user=request.user)
        said = _("%(name)s vertritt Sie vom %(from)s bis %(until)s.")
        messages.success(request, said % {"name": made.deputy_name, **made.days})
        return redirect("dokumente:vertretung")

    def _may_name(self) -> bool:
        return bool(self.person.roles & deputisable())

    def page(self, form: OwnDeputyForm, status: int = 200) -> HttpResponse:
        """The page with this form."""
        rows = self.deputyships()[:SHOWN]
        context = self.get_context_data(form=form, rows=rows, may_name=self._may_name())
        return self.render_to_response(context, status=status)


class EndView(OwnDeputyshipsMixin, View):
    """End a deputyship before its time; either of the two may."""

    def post(self, request: HttpRequest, deputyship_pk: int) -> HttpResponse:
        """From now on it gives no rights."""
        row = get_object_or_404(self.deputyships().open(), pk=deputyship_pk)
        row.end()
        log(instance=row, action="wagtail.edit", user=request.user)
        messages.success(request, _("Die Vertretung ist beendet."))
        return redirect("dokumente:vertretung")
