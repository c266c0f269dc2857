"""The demo's English pages, each a translation of a German one."""

import json
from typing import Any

from wagtail.models import Locale, Page

from home.demo.values import DATA, value


def load_english(home: Page) -> None:
    """Put the English start page beside the German one, and pages below it; at most once."""
    english, _is_new = Locale.objects.get_or_create(language_code="en")
    if home.has_translation(english):
        return
    data = json.loads((DATA / "english.json").read_text("utf-8"))
    _translate(home, english, data["home"])
    for page in data["pages"]:
        original = Page.objects.get(slug=page.pop("of"), locale=home.locale).specific
        _translate(original, english, page)


def _translate(original: Any, locale: Locale, data: dict[str, Any]) -> None:
    page = original.copy_for_translation(locale)
    body = data.pop("body", None)
    for name, said in data.items():
        setattr(page, name, said)
    if body is not None:
        page.body = [(block["type"], value(block)) for block in body]
    page.save_revision().publish()
