"""One's own accesses for programs: made, listed, revoked. Nobody makes one for somebody else."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow import clock
from klk_workflow.admin.administration.token_forms import TokenForm
from klk_workflow.admin.doors import PersonMixin
from klk_workflow.models import TokenScopes


class OwnTokensMixin(PersonMixin):
    """For people with a role; they meet their own tokens only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A token of nobody with a role would open nothing."""
        if not self.person.roles:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def tokens(self) -> Any:
        """The tokens that were not revoked."""
        mine = TokenScopes.objects.filter(token__user=self.request.user.pk)
        return mine.filter(token__revoked_at=None).select_related("token").order_by("-token__pk")


class TokensView(OwnTokensMixin, WagtailAdminTemplateMixin, TemplateView):
    """The list, and the form for a new one; its secret is shown once."""

    template_name = "klk_workflow/admin/tokens/tokens.html"
    page_title = gettext_lazy("Zugänge für Programme")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """The empty form."""
        return self.page(TokenForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Make one and show its secret on this page, never again."""
        form = TokenForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        rights, secret = form.issue(request.user)
        return self.page(TokenForm(), made=rights, secret=secret)

    def page(self, form: TokenForm, status: int = 200, **more: Any) -> HttpResponse:
        """The page with this form."""
        context = self.get_context_data(form=form, rows=self.tokens(), now=clock.now(), **more)
        return self.render_to_response(context, status=status)


class RevokeView(OwnTokensMixin, View):
    """Revoke one of one's own."""

    def post(self, request: HttpRequest, token_pk: int) -> HttpResponse:
        """From now on it opens nothing."""
        rights = get_object_or_404(self.tokens(), pk=token_pk)
        rights.token.revoke()
        said = _("Der Zugang „%(name)s“ gilt nicht mehr.") % {"name": rights.token.name}
        messages.success(request, said)
        return redirect("dokumente:zugaenge")
