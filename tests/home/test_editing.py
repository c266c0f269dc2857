"""What editors can rely on: moderation, dates, redirects, previews, words for pictures."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import GroupPagePermission, Page, get_page_models

from home.blocks import FigureBlock
from home.models import EventPage, GuidePage, HomePage, NewsPage
from klk_workflow.automation.scheduling import publish_pages
from klk_workflow.management.commands.worker import STEPS

Make = Callable[..., GuidePage]


@pytest.fixture
def editor(home_page: HomePage) -> Any:
    """Somebody who may write pages but not publish them."""
    group = Group.objects.create(name="Schreibende")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=home_page,
            permission=Permission.objects.get(
                codename=codename, content_type__app_label="wagtailcore"
            ),
        )
    user = get_user_model().objects.create_user("schreibt", "schreibt@klk.test")
    user.groups.add(group)
    return user


@pytest.fixture
def redaktion(db: None) -> Any:
    """Somebody who publishes."""
    user = get_user_model().objects.create_user("redaktion", "redaktion@klk.test")
    user.groups.add(Group.objects.get(name="Redaktion"))
    return user


def test_page_of_somebody_who_may_not_publish_is_published_by_redaktion(
    editor: Any, redaktion: Any, make_guide: Make
) -> None:
    page = make_guide("Alt")
    page.title = "Neu"
    page.save_revision(user=editor)
    assert not page.permissions_for_user(editor).can_publish()
    workflow = page.get_workflow()
    assert str(workflow) == "Freigabe durch die Redaktion"
    state = workflow.start(page, editor)
    task = state.current_task_state.task.specific
    assert list(task.groups.values_list("name", flat=True)) == ["Redaktion"]
    assert not task.get_actions(page, editor)
    assert Page.objects.get(pk=page.pk).title == "Alt"
    state.current_task_state.specific.approve(user=redaktion)
    assert Page.objects.get(pk=page.pk).title == "Neu"


def test_worker_publishes_pages_at_their_date(client: Client, make_guide: Make) -> None:
    assert publish_pages in STEPS
    page = make_guide("Morgen", live=False, go_live_at=timezone.now() + timedelta(hours=1))
    publish_pages()
    assert client.get(page.url).status_code == 404
    soon = timezone.now() - timedelta(seconds=1)
    revision = page.revisions.get()
    revision.content["go_live_at"] = soon.isoformat()
    revision.approved_go_live_at = soon
    revision.save()
    publish_pages()
    assert "Morgen" in client.get(page.url).content.decode()


def test_old_address_leads_to_the_new_one(
    client: Client, make_guide: Make, django_capture_on_commit_callbacks: Any
) -> None:
    page = make_guide("Alt")
    old = page.url
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "anders"
        page.save_revision().publish()
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (
        301,
        "/arbeitshilfen/anders/",
    )


def test_preview_is_the_real_page_with_the_checker(
    client: Client, make_guide: Make, admin_user: Any
) -> None:
    page = make_guide("Entwurf ansehen")
    page.title = "Noch nicht öffentlich"
    page.save_revision()
    client.force_login(admin_user)
    shown = client.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    assert "Noch nicht öffentlich" in shown
    assert "exit.js" in shown
    assert "wagtail-userbar" in shown
    assert "wagtail-userbar" not in client.get(page.url).content.decode()


def test_picture_needs_words_unless_it_only_adorns(db: None) -> None:
    image = get_image_model().objects.create(title="Bild", file=get_test_image_file())
    block = FigureBlock()

    def value(alt: str, *, adorns: bool) -> Any:
        picture = {"image": image.pk, "alt_text": alt, "decorative": adorns}
        return block.to_python({"image": picture, "caption": "", "source": "KLK"})

    with pytest.raises(ValidationError):
        block.clean(value("", adorns=False))
    block.clean(value("Zwei Menschen am Tisch", adorns=False))
    block.clean(value("", adorns=True))


def test_file_that_could_carry_scripts_is_refused(make_document: Callable[..., Any]) -> None:
    with pytest.raises(ValidationError):
        make_document("seite.html", b"<script>").full_clean()
    make_document("blatt.pdf").full_clean()


def test_a_page_that_moves_takes_its_old_address_along(
    client: Client, home_page: HomePage, make_guide: Make, django_capture_on_commit_callbacks: Any
) -> None:
    page = make_guide("Wandert")
    old = page.url
    with django_capture_on_commit_callbacks(execute=True):
        page.move(home_page.get_children().get(slug="publikationen"), pos="last-child")
    page.refresh_from_db()
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, "/publikationen/wandert/")
    assert client.get(answer["Location"]).status_code == 200


def test_several_files_are_uploaded_at_once(client: Client, redaktion: Any) -> None:
    client.force_login(redaktion)
    address = reverse("wagtaildocs:add_multiple")
    assert client.get(address).status_code == 200
    for name, is_taken in (("eins.pdf", True), ("zwei.docx", True), ("drei.html", False)):
        file = SimpleUploadedFile(name, b"Text")
        said = client.post(address, {"title": name, "files[]": file}).json()
        assert said["success"] is is_taken
    assert set(get_document_model().objects.values_list("title", flat=True)) == {
        "eins.pdf",
        "zwei.docx",
    }


def test_where_a_file_is_used_is_shown_before_it_goes(
    client: Client, redaktion: Any, make_guide: Make, make_document: Callable[..., Any]
) -> None:
    document = make_document()
    values = {"document": document, "title": "Bogen", "pages": None, "accessible": False}
    page = make_guide("Mit Datei", files=[("file", values)])
    client.force_login(redaktion)
    shown = client.get(reverse("wagtaildocs:document_usage", args=[document.pk]))
    assert page.title in shown.content.decode()


#: What a form of the browser answers for itself, unless a field takes the name away from it.
TAKEN = {"action", "elements", "enctype", "length", "method", "reset", "submit", "target"}


def test_no_field_hides_what_scripts_ask_of_the_form() -> None:
    for model in (model for model in get_page_models() if model._meta.app_label == "home"):
        form = model.get_edit_handler().get_form_class()
        assert not TAKEN & form.base_fields.keys(), model


@pytest.mark.parametrize("language", ["de", "en"])
def test_dates_are_written_and_read_as_people_type_them(language: str) -> None:
    starts = EventPage.get_edit_handler().get_form_class().base_fields["starts"]
    on = NewsPage.get_edit_handler().get_form_class().base_fields["on"]
    with override(language):
        moment = datetime(2027, 3, 12, 10, tzinfo=timezone.get_default_timezone())
        assert starts.widget.format_value(timezone.make_naive(moment)) == "12.03.2027 10:00"
        assert starts.clean("12.03.2027 10:00") == moment
        assert starts.clean("2027-03-12 10:00") == moment
        assert on.widget.format_value(moment.date()) == "12.03.2027"
        assert on.clean("12.03.2027") == moment.date()


def test_address_of_a_title_has_no_umlauts(make_guide: Make) -> None:
    """What the browser does with a title that is typed, and Wagtail with one that is not."""
    widget = EventPage.get_edit_handler().get_form_class().base_fields["slug"].widget
    assert json.loads(widget.attrs["data-w-slug-formatters-value"])[0][1] == "ae"
    assert not widget.attrs["data-w-slug-allow-unicode-value"]
    assert make_guide("Gespräche für alle").slug.isascii()
