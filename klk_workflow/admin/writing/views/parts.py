"""Writing one part: a section, an attachment, or a row that a plugin adds."""

import re
import secrets
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from klk_workflow.admin.doors import DocumentMixin
from klk_workflow.admin.writing.forms import part_form
from klk_workflow.admin.writing.progress import part_url
from klk_workflow.admin.writing.views.writing import FormView
from klk_workflow.content.editing import (
    add_part,
    move_part,
    previous,
    remove_part,
    save_part,
    take_over,
)
from klk_workflow.content.files import internal_links
from klk_workflow.content.rendering import render_part
from klk_workflow.models import Document, Part, Section
from klk_workflow.permissions import Access, access
from klk_workflow.refusals import Conflict, Refused

_KEY = re.compile(r"[0-9a-f]{12}")


class PartMixin(DocumentMixin):
    """The part of the address."""

    @cached_property
    def kind(self) -> type[Part]:
        """The kind of part in the address; 404 if the type has none."""
        kinds = {kind.kind: kind for kind in self.document.type.parts}
        if self.kwargs["kind"] not in kinds:
            raise Http404
        return kinds[self.kwargs["kind"]]

    def find(self) -> Part | None:
        """The part as it is stored now."""
        rows = self.kind._default_manager.filter(document=self.document)
        found = rows.filter(pk=self.kwargs["part_pk"]).first()
        if found:
            found.document = self.document
        return found


class PartView(PartMixin, FormView):
    """One part of the document."""

    @cached_property
    def part(self) -> Part:
        """The part as it is stored; one that was removed meanwhile is an empty one again."""
        found = self.find()
        if found is None and (self.request.method != "POST" or not self.kind.addable):
            raise Http404
        return found or self.kind(document=self.document, articles=[])

    def make_form(self, *args: Any) -> Any:
        """The form of this kind of part, on an instance of its own."""
        form = part_form(self.document.type, self.kind)
        return form(*args, document=self.document, instance=self.part)

    def save(self, form: Any) -> Part:
        """Save what was typed; *Übernehmen* then adds the last report's words."""
        if self.part.pk is None:
            raise Conflict(None)
        changes = form.changes()
        part = save_part(
            self.part, by=self.request.user, seen_version=self.seen_version, changes=changes
        )
        if self.action == "uebernehmen" and isinstance(part, Section):
            part.document = self.document
            part = take_over(part, by=self.request.user, seen_version=part.version)
        return part

    def target(self, what: Part | Document) -> str:
        """After *Übernehmen* the page is read anew."""
        return self.request.path if self.action == "uebernehmen" else super().target(what)

    def version(self) -> int:
        """The version of the part."""
        return self.part.version

    def theirs(self, conflict: Conflict) -> dict[str, Any]:
        """The part as somebody else saved it."""
        part = conflict.current
        if part is None:
            return {}
        html = render_part(part, 0, internal_links(self.document))
        return {"html": html, "version": part.version, "who": part.updated_by_name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The guiding question, the last report's words and the open remarks of this part."""
        part = self.part
        is_section = isinstance(part, Section)
        return super().get_context_data(
            part=part,
            kind_label=self.kind._meta.verbose_name,
            heading=part.label if part.pk else "",
            entry=self.progress.outline.get(part.key, {}) if is_section else {},
            last=self.last_words() if is_section else "",
            remarks=self.progress.open_remarks.get((part.kind, part.key), []),
            pictures=self.pictures() if is_section else None,
            **kwargs,
        )

    def last_words(self) -> dict[str, Any]:
        """This section in the last report that the person may read."""
        last = previous(self.document)
        if last is None or access(self.person, last) < Access.READ:
            return {}
        section = Section.objects.filter(document=last.pk, key=self.part.key).first()
        if section is None or section.is_empty:
            return {}
        section.articles = []
        return {"document": last, "html": render_part(section, 0, internal_links(last))}

    def pictures(self) -> dict[str, Any]:
        """What the picture widget is told."""
        links = internal_links(self.document)
        return {
            "upload": reverse("dokumente:bilder", args=[self.document.pk]),
            "pictures": [
                {"sha256": digest, "url": link.url, "name": link.name}
                for digest, link in links.items()
                if link.mime.startswith("image/")
            ],
        }


class NewPartView(PartView):
    """A new part of a kind that members add.

    Its key is made together with the page: what is sent twice is made once.
    """

    @cached_property
    def part(self) -> Part:
        """An empty part."""
        if not self.kind.addable:
            raise Http404
        sent = self.request.POST.get("key", "")
        key = sent if _KEY.fullmatch(sent) else secrets.token_hex(6)
        return self.kind(document=self.document, key=key, articles=[])

    def save(self, form: Any) -> Part:
        """Add it, unless the same request has done so before."""
        key = self.part.key
        found = self.kind._default_manager.filter(document=self.document, key=key).first()
        if found:
            return found
        changes = form.changes()
        return add_part(self.document, self.kind, by=self.request.user, values=changes, key=key)

    def target(self, what: Part | Document) -> str:
        """On to the part that is there now, or to another new one."""
        if self.action == "noch-eine":
            return self.request.path
        address = reverse("dokumente:teil", args=[self.document.pk, self.kind.kind, what.pk])
        return super().target(what) or address


class RemoveView(PartMixin, WagtailAdminTemplateMixin, TemplateView):
    """Take a part out of the document, after a question."""

    template_name = "klk_workflow/admin/writing/confirm.html"
    needs = Access.WRITE

    @cached_property
    def part(self) -> Part:
        """The part; 404 if it is gone or comes from the outline."""
        found = self.find()
        if found is None or not self.kind.addable:
            raise Http404
        return found

    def get_page_title(self) -> str:
        """The question."""
        return _("%(kind)s entfernen?") % {"kind": self.kind._meta.verbose_name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What goes."""
        question = _("„%(label)s“ wird aus „%(document)s“ entfernt.")
        return super().get_context_data(
            question=question % {"label": self.part.label, "document": self.document.title},
            is_possible=True,
            yes=_("Entfernen"),
            back_url=part_url(self.part),
            seen_version=self.part.version,
            document=self.document,
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Remove it, unless somebody has changed it since the question."""
        label, seen = self.part.label, request.POST.get("seen_version", "")
        try:
            seen_version = int(seen) if seen.isdecimal() else 0
            remove_part(self.part, by=request.user, seen_version=seen_version)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(part_url(self.part))
        messages.success(request, _("„%(label)s“ ist entfernt.") % {"label": label})
        return redirect("dokumente:schreiben", self.document.pk)


class MoveView(PartMixin, View):
    """Change places with the neighbour."""

    needs = Access.WRITE

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Up or down, and back to the part."""
        part = self.find()
        if part is None:
            raise Http404
        try:
            move_part(part, by=request.user, up="hoch" in request.POST)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(part_url(part))
