"""Reporting a barrier (§ 12b BGG): a form that works without cookie and without scripts."""

import hashlib
import hmac
import logging
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from home import conf
from home.forms import BarrierForm, is_from_here, token

AN_HOUR = 3600
PER_READER = 5
FOR_ALL = 60
FORBIDDEN, UNCLEAR, TOO_MANY, UNAVAILABLE = 403, 422, 429, 503
SENT = "gesendet"

log = logging.getLogger(__name__)


@csrf_exempt  # its cookie is what we do not want; `is_from_here` and the token take its place
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, or send what was written; nothing that was typed is lost on the way."""
    if request.method != "POST":
        return _show(request, BarrierForm(), is_sent=SENT in request.GET)
    form = BarrierForm(request.POST)
    status = _refuse(request, form)
    if status:
        return _show(request, form, status=status)
    return redirect(f"{reverse('home:barrier')}?{SENT}")


def _refuse(request: HttpRequest, form: BarrierForm) -> int:
    """Send the report, or put what stands in the way into the form and give the status for it."""
    if not is_from_here(request):
        form.add_error(
            None, _("Das Formular kam nicht von dieser Website. Bitte senden Sie es noch einmal.")
        )
        return FORBIDDEN
    if not form.is_valid():
        return UNCLEAR
    if not _may_send(request):
        form.add_error(
            None,
            _("Gerade kommen zu viele Meldungen an. Bitte versuchen Sie es in einer Stunde."),
        )
        return TOO_MANY
    if not _send(form):
        form.add_error(
            None,
            _("Die Meldung ließ sich gerade nicht verschicken. Bitte versuchen Sie es später."),
        )
        return UNAVAILABLE
    return 0


def _show(
    request: HttpRequest, form: BarrierForm, *, status: int = 200, is_sent: bool = False
) -> HttpResponse:
    context = {"form": form, "is_sent": is_sent, "operator": conf.operator(), "token": token()}
    response = render(request, "home/info/barrier.html", context, status=status)
    # With "no-referrer" browsers would not say where the form comes from.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _may_send(request: HttpRequest) -> bool:
    """Count the reports of this hour; of a reader's address only a keyed digest is kept so long."""
    address = get_adapter(request).get_client_ip(request)
    key = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
    limits = {f"home:barrier:{key}": PER_READER, "home:barrier:all": FOR_ALL}
    return all(_count(name) <= limit for name, limit in limits.items())


def _count(name: str) -> int:
    cache.add(name, 0, AN_HOUR)
    return int(cache.incr(name))


def _send(form: BarrierForm) -> bool:
    said = form.cleaned_data
    lines = [
        said["message"],
        "",
        _("Seite: %(page)s") % {"page": said["address"] or "–"},
        _("Antwort an: %(email)s") % {"email": said["email"] or _("keine Antwort gewünscht")},
        _("Frist für die Antwort: ein Monat ab dem %(day)s (§ 12b BGG)")
        % {"day": f"{timezone.localdate():%d.%m.%Y}"},
    ]
    mail = EmailMessage(
        subject=_("Barriere gemeldet"),
        body="\n".join(lines),
        to=[conf.operator().email or settings.DEFAULT_FROM_EMAIL],
        reply_to=[said["email"]] if said["email"] else None,
    )
    try:
        mail.send()
    except (OSError, SMTPException):
        log.exception("A report of a barrier could not be sent")
        return False
    return True
