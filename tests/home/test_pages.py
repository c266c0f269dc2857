"""Fixed pages, errors, login, first pages, words."""

import gc
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.utils import translation
from wagtail.models import Page, Site

from home import tree
from home.demo import load_pages
from home.models import HomePage, MaterialPage

ROOT = Path(__file__).parent.parent.parent


def test_first_pages_take_the_place_of_wagtails_welcome(db: None) -> None:
    home = Site.objects.get().root_page.specific
    assert isinstance(home, HomePage)
    slugs = [page.slug for page in home.get_children().in_menu()]
    assert slugs == ["arbeitshilfen", "fortbildung", "publikationen"]
    assert not any(Page.find_problems())


def test_first_pages_are_made_once(db: None) -> None:
    before = Page.objects.count()
    tree.plant(apps)
    assert Page.objects.count() == before


def test_unknown_operator_is_said_plainly(client: Client, db: None) -> None:
    with override_settings(KLK_OPERATOR_ADDRESS=""):
        page = client.get("/impressum/").content.decode()
    assert "noch nicht eingetragen" in page


@override_settings(KLK_OPERATOR_NAME="Verein Muster", KLK_OPERATOR_ADDRESS="Weg 1\n12345 Ort")
def test_known_operator_is_named(client: Client, db: None) -> None:
    page = client.get("/impressum/").content.decode()
    assert "Verein Muster<br>Weg 1<br>12345 Ort" in page
    assert "§ 5 DDG" in page
    assert "TMG" not in page


def test_help_names_numbers_with_source(client: Client, db: None) -> None:
    page = client.get("/hilfe/").content.decode()
    for words in ("tel:110", "tel:116016", "tel:08001239900", "Woher die Angaben stammen"):
        assert words in page


def test_traces_page_says_what_the_button_does_not_do(client: Client, db: None) -> None:
    page = client.get("/spuren-vermeiden/").content.decode()
    assert "Es löscht keinen Verlauf." in page


def test_error_page_needs_neither_request_nor_database() -> None:
    page = render_to_string("500.html")
    assert "116 016" in page
    assert "Zur Startseite" in page


def test_login_keeps_the_typed_name_and_says_what_is_wrong(client: Client, db: None) -> None:
    get_user_model().objects.create_user("mitglied-nw", password="richtig-und-lang")
    answer = client.post("/konto/anmelden/", {"login": "mitglied-nw", "password": "falsch"})
    page = answer.content.decode()
    assert 'value="mitglied-nw"' in page
    assert 'role="alert"' in page
    assert "falsch" not in page.split("<form")[1].split("</form>")[0].replace("leider falsch", "")


def test_login_offers_no_sign_up(client: Client, db: None) -> None:
    page = client.get("/konto/anmelden/").content.decode()
    assert "<h1>Anmelden</h1>" in page
    assert "registrieren" not in page


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Wagtail leaves temporary files open
def test_demo_pages_are_labelled_and_loading_twice_changes_nothing(
    client: Client, db: None
) -> None:
    load_pages()
    pages = list(MaterialPage.objects.live())
    kinds = [page.kind for page in pages]
    assert (kinds.count("Publikation"), kinds.count("Arbeitshilfe")) >= (3, 4)
    assert kinds.count("Fortbildung") >= 4
    assert all(page.notice.startswith("Beispiel") and page.files_line for page in pages)
    count = Page.objects.count()
    load_pages()
    assert Page.objects.count() == count
    assert all(client.get(page.url).status_code == 200 for page in pages)
    gc.collect()


def test_migrations_are_complete(db: None) -> None:
    call_command("makemigrations", "home", check=True, dry_run=True, verbosity=0)


WORDS = (
    r"""\b_\(\s*"([^"]+)\"""",
    r"""\{% trans "([^"]+)\"""",
    r"""\{% trans '([^']+)'""",
    r"""gettext(?:_lazy)?\(\s*"([^"]+)\"""",
)


@pytest.mark.parametrize("folder", ["home", "klk_workflow", "site", "templates"])
def test_german_words_stay_what_they_are(folder: str) -> None:
    """Django's and Wagtail's catalogues know English words; "Form" would become "Formular"."""
    files = [*(ROOT / folder).rglob("*.py"), *(ROOT / folder).rglob("*.html")]
    words = {
        word for file in files for form in WORDS for word in re.findall(form, file.read_text())
    }
    assert words
    with translation.override(settings.LANGUAGE_CODE):
        changed = {word: translation.gettext(word) for word in words}
    assert {word: other for word, other in changed.items() if word != other} == {}
