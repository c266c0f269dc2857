"""Acting on a document: a page that asks once more, and the act itself through `perform`."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.acting import words
from klk_workflow.admin.acting.becoming_public import own_fields
from klk_workflow.admin.acting.forms import ActForm, form_class
from klk_workflow.admin.doors import PersonMixin, document_of_type, show_in_menu
from klk_workflow.admin.reading import versions
from klk_workflow.admin.reading.review import compared
from klk_workflow.admin.writing.faults import cut_nothing
from klk_workflow.admin.writing.progress import Progress
from klk_workflow.models import Document, Edition, Event
from klk_workflow.perform import obstacles, perform, wrong_state
from klk_workflow.permissions import Access, access, may
from klk_workflow.refusals import ContentChanged, NotAllowed, Refused
from klk_workflow.workflows.definition import Effect, Step, Transition
from klk_workflow.workflows.guards import Situation, missing


class ActView(PersonMixin, WagtailAdminTemplateMixin, TemplateView):
    """One act: GET asks, POST does it. Who neither meets the document nor may act gets 404."""

    template_name = "klk_workflow/admin/act/act.html"
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Look document and act up before anything else happens."""
        self.request, self.kwargs = request, kwargs
        if self.access == Access.NONE and not self._knows_a_fassung():
            raise Http404
        show_in_menu(request, self.document)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def document(self) -> Document:
        """The document of the address, as an instance of its type."""
        return document_of_type(self.kwargs["pk"])

    @cached_property
    def way(self) -> Transition:
        """The act of the address; 404 if the document's workflow knows none of that name."""
        if not self.document.workflow.has(self.kwargs["action"]):
            raise Http404
        return self.document.workflow.transition(self.kwargs["action"])

    @cached_property
    def access(self) -> Access:
        """How much of the document the person meets."""
        return access(self.person, self.document)

    @cached_property
    def role(self) -> str | None:
        """The role in which the person may do it now."""
        return may(self.person, self.document, self.way)

    def _knows_a_fassung(self) -> bool:
        """Whether it is an act on a Fassung that exists: the title of a draft is nobody's."""
        return self.role is not None and self.way.on_edition and self.document.has_edition

    @cached_property
    def edition(self) -> Edition | None:
        """The Fassung that is meant, for acts on one."""
        number = self.request.POST.get("fassung") or self.request.GET.get("fassung") or ""
        if not self.way.on_edition or not number.isdecimal():
            return None
        rows = Edition.objects.filter(document_id=self.document.pk).defer("html", "json")
        return rows.filter(number=int(number)).first()

    def get_page_title(self) -> str:
        """The act."""
        if self.edition:
            return f"{self.way.label}: " + _("Fassung %(n)d") % {"n": self.edition.number}
        return str(self.way.label)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """The question."""
        seen = {"seen_digest": self._digest(), "seen_seq": self.document.event_count}
        fassung = self.edition.number if self.edition else None
        form = form_class(self.way)(way=self.way, initial={**seen, "fassung": fassung})
        return self.page(form)

    def _digest(self) -> str:
        """What is judged: the Fassung named, or else the document."""
        return self.edition.digest if self.edition else self.document.digest

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """The act; what is refused comes back filled."""
        form = form_class(self.way)(request.POST, way=self.way)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            event = perform(
                self.document,
                self.way.key,
                by=self.person,
                seen_digest=form.cleaned_data["seen_digest"],
                **form.extra,
            )
        except NotAllowed as refusal:
            return self.page(form, refusal, status=403)
        except Refused as refusal:
            return self.page(form, refusal, status=409)
        return self.done(event)

    def done(self, event: Event) -> HttpResponse:
        """Say what happened, and go where the person can go on."""
        document = Document.objects.get(pk=self.document.pk)
        buttons = [messages.button(*offered) for offered in self._receipt(event)]
        messages.success(self.request, words.done(document, self.way, event), buttons=buttons)
        if access(self.person, document) == Access.NONE:
            return redirect("wagtailadmin_home")
        return redirect("dokumente:lesen", document.pk)

    def _receipt(self, event: Event) -> list[tuple[str, str]]:
        """Where the receipt of a submission is, and what the button says."""
        if self.way.step != Step.SUBMIT:
            return []
        return [
            (reverse("dokumente:beleg", args=[self.document.pk, event.seq]), _("Beleg ansehen"))
        ]

    def page(
        self, form: ActForm, refusal: Refused | None = None, status: int = 200
    ) -> HttpResponse:
        """The page with this form, and with what stood in the way."""
        cut_nothing(form)
        changed = isinstance(refusal, ContentChanged)
        if changed:
            form = self._renewed(form)
        context = self.get_context_data(form=form, refusal=refusal, **self._changes(changed))
        return self.render_to_response(context, status=status)

    def _renewed(self, form: ActForm) -> ActForm:
        """What was typed, with the state of the text that is shown below."""
        self.document.refresh_from_db()
        data = self.request.POST.copy()
        data["seen_digest"] = self._digest()
        data["seen_seq"] = str(self.document.event_count)
        renewed = type(form)(data, way=self.way)
        renewed.is_valid()
        return renewed

    def _changes(self, changed: bool) -> dict[str, Any]:
        """What is different from the text that the person saw, if he or she may read it."""
        if not changed or access(self.person, self.document) < Access.READ:
            return {}
        seen = self.request.POST.get("seen_digest", "")
        earlier = versions.readable(self.person, self.document).filter(digest=seen).last()
        base = versions.at(self.document, earlier) if earlier else None
        return {"comparison": compared(versions.now(self.document), base), "base": base}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The question in words, and what to know before answering it."""
        return super().get_context_data(
            document=self.document,
            way=self.way,
            edition=self.edition,
            crumbs=self._crumbs(),
            question=words.question(self.document, self.way),
            button=self.way.label,
            digest=self._digest(),
            moment=self._moment(),
            **self._obstacles(),
            **self._becoming_public(),
            **kwargs,
        )

    def _moment(self) -> datetime:
        """Since when the content is as it is judged."""
        events = self.document.events.filter(digest=self._digest())
        return versions.moment(self.document, events, self._digest())

    def _crumbs(self) -> list[dict[str, str]]:
        if self.access == Access.NONE:
            return []
        url = reverse("dokumente:lesen", args=[self.document.pk])
        return [{"url": url, "label": self.document.title}]

    def _obstacles(self) -> dict[str, Any]:
        """Why it cannot be done now, or nothing."""
        if self.role is None:
            is_over = self.document.state not in self.way.by
            said = wrong_state(self.document, self.way) if is_over else str(NotAllowed())
            return {"reasons": [said], "missing": []}
        parts = self.document.parts()
        situation = Situation(
            self.document,
            self.person,
            self.way,
            self.role,
            parts,
            self.document.digest,
            edition=self.edition,
        )
        reasons = obstacles(situation)
        lacking = missing(self.document, parts) if self.way.step == Step.SUBMIT else []
        progress = Progress(self.document, self.person) if lacking else None
        links = progress.missing if progress else []
        behalf = situation.behalf
        if links and len(reasons) == 1:
            return {"reasons": [], "missing": links, "behalf": behalf}
        return {"reasons": reasons, "missing": links, "behalf": behalf}

    def _becoming_public(self) -> dict[str, Any]:
        """What becomes public; before submission, whether anybody can decide at all."""
        is_submission = self.way.step == Step.SUBMIT
        publishes = self.way.effect in {Effect.MAKE_EDITION, Effect.SET_DATE}
        if self.role is None or not (is_submission or publishes):
            return {}
        parts = self.document.parts()
        return {
            "own_fields": own_fields(self.document),
            "public": [part for part in parts if part.is_public and not part.is_empty],
            "internal": [part for part in parts if not part.is_public and not part.is_empty],
            "nobody": words.nobody_to_decide(self.document, self.person) if is_submission else [],
        }
