"""Writing: one form at a time, saved without losing a word."""

from functools import cached_property
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.doors import DocumentMixin
from klk_workflow.admin.writing import presence
from klk_workflow.admin.writing.faults import cut_nothing, faults
from klk_workflow.admin.writing.progress import Progress
from klk_workflow.admin.writing.words import page_words
from klk_workflow.content.editing import refusal, save_fields
from klk_workflow.forms import easy_days
from klk_workflow.models import Document, Part
from klk_workflow.permissions import Access, is_own
from klk_workflow.refusals import Conflict, Refused
from klk_workflow.workflows.definition import Step


class WriteView(DocumentMixin, View):
    """Where to go on writing."""

    needs = Access.READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Lead to the part that has something to do."""
        if self.access < Access.WRITE:
            return redirect("dokumente:lesen", self.document.pk)
        return redirect(Progress(self.document, self.person).next_url)


class FormView(DocumentMixin, WagtailAdminTemplateMixin, TemplateView):
    """A form of the document. Whatever stands against saving: what was typed is still there.

    A browser with scripts asks for JSON and stays on the page; without, the page is sent anew.
    """

    template_name = "klk_workflow/admin/writing/page.html"
    needs = Access.READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """The form with what is stored."""
        if self.access < Access.WRITE:
            return redirect("dokumente:lesen", self.document.pk)
        presence.note(self.document, self.person, request.path)
        return self.page(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Save, and go where the button pressed leads."""
        form = self.make_form(request.POST, request.FILES)
        if self.access < Access.WRITE:
            if not is_own(self.person, self.document):
                raise Http404
            return self.refused(form, refusal(self.document, self.person))
        presence.note(self.document, self.person, request.path)
        if self.action == "zeigen":
            return self.page(form, unsaved=True)
        if not form.is_valid():
            return self.invalid(form)
        try:
            return self.saved(self.save(form))
        except Conflict as conflict:
            return self.conflict(form, conflict)
        except Refused as refused:
            return self.refused(form, refused)

    # --- what a view of its own kind of form says --------------------------------------------

    def make_form(self, *args: Any) -> Any:
        """The form, bound to what was sent if anything was."""
        raise NotImplementedError

    def save(self, form: Any) -> Part | Document:
        """Save the valid form; raises Refused in one of its kinds."""
        raise NotImplementedError

    def theirs(self, conflict: Conflict) -> dict[str, Any]:
        """What somebody else saved meanwhile: `html` and `version`, or nothing if it is gone."""
        raise NotImplementedError

    def version(self) -> int:
        """The version of what is stored."""
        raise NotImplementedError

    # --- answers -------------------------------------------------------------------------------

    @property
    def action(self) -> str:
        """The button that was pressed."""
        return self.request.POST.get("action", "")

    @property
    def seen_version(self) -> int:
        """The version that was opened, or the one that the person decided to write over."""
        value = self.request.POST.get("over") or self.request.POST.get("seen_version", "")
        return int(value) if value.isdecimal() else 0

    @property
    def wants_json(self) -> bool:
        """Whether a script asks."""
        return "application/json" in self.request.headers.get("Accept", "")

    @cached_property
    def progress(self) -> Progress:
        """Everything around the form, read after saving."""
        return Progress(self.document, self.person, self.request.path)

    def saved(self, what: Part | Document) -> HttpResponse:
        """Say so, and lead on."""
        target = self.target(what)
        if not self.wants_json:
            return redirect(target or self.request.path)
        answer = {"version": what.version, "next": target, "fragments": self.fragments()}
        return JsonResponse({"status": "saved", **answer})

    def target(self, what: Part | Document) -> str:  # noqa: ARG002
        """Where the button leads; empty: stay here."""
        if self.action == "einreichen":
            return self.submit_url
        if self.action == "vorschau":
            return reverse("dokumente:lesen", args=[self.document.pk])
        if self.action == "weiter":
            return self.progress.after
        return ""

    @property
    def submit_url(self) -> str:
        """The page that asks before submission."""
        ways = self.document.workflow.leaving(self.document.state)
        way = next(way for way in ways if way.step == Step.SUBMIT)
        return reverse("dokumente:handeln", args=[self.document.pk, way.key])

    def fragments(self) -> dict[str, str]:
        """The parts of the page that follow from what was saved."""
        context = {"progress": self.progress, "document": self.document}
        return {
            name: render_to_string(f"klk_workflow/admin/writing/_{name}.html", context)
            for name in ("outline", "missing", "others")
        }

    def invalid(self, form: Any) -> HttpResponse:
        """What the form lacks, at its fields."""
        if self.wants_json:
            errors = [fault.name for fault in faults(form)]
            return JsonResponse({"status": "invalid", "errors": errors}, status=422)
        return self.page(form, status=422)

    def conflict(self, form: Any, conflict: Conflict) -> HttpResponse:
        """Both texts: the stored one beside the one in the form."""
        context = {"conflict": str(conflict), "theirs": self.theirs(conflict)}
        if self.wants_json:
            template = "klk_workflow/admin/writing/_conflict.html"
            html = render_to_string(template, {**context, "here": self.request.path})
            return JsonResponse({"status": "conflict", "html": html}, status=409)
        return self.page(form, status=409, **context)

    def refused(self, form: Any, reason: Refused) -> HttpResponse:
        """Why nothing was saved; the text stays and can be copied."""
        if self.wants_json:
            return JsonResponse({"status": "refused", "message": str(reason)}, status=409)
        return self.page(form, status=409, refusal=str(reason))

    def page(self, form: Any, status: int = 200, **context: Any) -> HttpResponse:
        """The page with this form."""
        cut_nothing(form)
        return self.render_to_response(self.get_context_data(form=form, **context), status=status)

    def get_page_title(self) -> str:
        """The document's title."""
        return self.document.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and everything around it."""
        seen = self.seen_version if self.request.method == "POST" else self.version()
        return super().get_context_data(
            document=self.document,
            progress=self.progress,
            faults=faults(kwargs["form"]),
            seen_version=seen,
            here=self.request.path,
            words=page_words(),
            crumbs=[
                {
                    "url": reverse("dokumente:liste", args=[self.document.type_key]),
                    "label": self.document.type.label_plural,
                },
                {
                    "url": reverse("dokumente:lesen", args=[self.document.pk]),
                    "label": self.document.land_name or self.document.title,
                },
            ],
            **kwargs,
        )


class HeadView(FormView):
    """The document's own fields."""

    def make_form(self, *args: Any) -> Any:
        """The type's form for them; 404 if it has none."""
        path = self.document.type.head_form
        if not path:
            raise Http404
        data = args[:1]
        instance = cast("Any", self.document.type.model)._default_manager.get(pk=self.document.pk)
        form = import_string(path)(*data, instance=instance)
        easy_days(form)
        return form

    def save(self, form: Any) -> Document:
        """Save what was typed."""
        self.document = save_fields(
            self.document,
            by=self.request.user,
            seen_version=self.seen_version,
            changes=form.changes(),
        )
        return self.document

    def version(self) -> int:
        """The version of the own fields."""
        return self.document.version

    def theirs(self, conflict: Conflict) -> dict[str, Any]:  # noqa: ARG002
        """The fields as somebody else saved them."""
        stored = type(self.document)._default_manager.get(pk=self.document.pk)
        html = render_to_string(self.document.type.head_template, {"document": stored})
        return {"html": html, "version": stored.version, "who": ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The heading."""
        return super().get_context_data(heading=_("Angaben"), **kwargs)
