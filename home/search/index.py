"""Keeping the index true: what is public has an entry, what is not has none.

`show_…` looks at the thing itself, under a lock, and writes or removes its entry; so it is right
whenever it is called, and calling it twice changes nothing. `hide` removes at once.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from bs4 import BeautifulSoup
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from home import conf
from home.facets import SEARCH, kind_of
from home.fields import labels
from home.search import texts, vocabulary
from home.search.engine import facet_word
from home.search.german import tokens
from home.search.models import Entry, Word
from home.vocabularies import PROFESSIONS, TOPICS
from klk_workflow import reading

#: Pages of text that are no Wagtail pages, by the name of their address and template.
FIXED = ("help", "traces", "approval", "imprint", "privacy", "accessibility")
PAGE_KIND = "seite"
#: How people abbreviate Länder.
SHORT_LAND = {"bw": "BW BaWü", "mv": "MV MeckPomm", "nw": "NRW", "rp": "RLP", "st": "LSA"}


def show_page(pk: int) -> None:
    """Bring the entry of a Wagtail page up to date; of two who do it at once, one waits."""
    with transaction.atomic():
        page = Page.objects.select_for_update().live().public().filter(pk=pk).first()
        hide(page_id=pk)
        if page is not None and (entry := of_page(page.specific)):
            _write(entry)


def show_edition(path: str) -> None:
    """Bring the entry of an Edition's address up to date; of two who do it at once, one waits."""
    with transaction.atomic():
        shown = reading.editions().filter(path=path).defer(None).select_for_update().first()
        hide(path=path)
        if shown is not None:
            _write(of_edition(shown))


def show_land(code: str) -> None:
    """Bring the entry of a Land's page up to date."""
    land = next((land for land in reading.laender() if land.code == code), None)
    if land is not None:
        with transaction.atomic():
            entry = of_land(land)
            hide(path=entry.path)
            _write(entry)


def hide(**which: Any) -> None:
    """Remove entries and what only they held."""
    with transaction.atomic(savepoint=False):
        for entry in Entry.objects.filter(**which):
            vocabulary.forget(entry)
            entry.delete()


def rebuild() -> int:
    """Write the whole index anew, oldest first; return the number of entries."""
    with transaction.atomic(), translation.override("de"):
        Entry.objects.all().delete()
        Word.objects.all().delete()
        entries = sorted(_everything(), key=lambda entry: entry.published_on or date.min)
        for entry in entries:
            _write(entry)
    return len(entries)


def of_page(page: Any) -> Entry | None:
    """The entry of a page as it is; None for those that only lead to others."""
    from home.models import HomePage
    from home.models.base import PublicPage

    if not isinstance(page, PublicPage) or isinstance(page, HomePage):
        return None
    professions: Any = getattr(page, "professions", [])
    topics: Any = getattr(page, "topics", [])
    published = page.first_published_at
    on = getattr(page, "on", None) or (timezone.localdate(published) if published else None)
    return Entry(
        page_id=page.pk,
        kind=kind_of(type(page)),
        title=page.title,
        summary=getattr(page, "summary", "")
        or getattr(page, "lead", "")
        or page.search_description,
        keywords=_keywords(
            str(page._meta.verbose_name),
            page.get_medium_display() if hasattr(page, "medium") else "",
            *labels(PROFESSIONS, professions),
            *labels(TOPICS, topics),
            _land_words(getattr(page, "land", "")),
        ),
        body=texts.of_page(page),
        professions=professions,
        topics=topics,
        land=getattr(page, "land", ""),
        year=getattr(page, "year", None) or (on.year if on else None),
        published_on=on,
        files_line=getattr(page, "files_line", ""),
    )


def of_edition(edition: Any) -> Entry:
    """The entry of a current Edition."""
    on = timezone.localdate(edition.published_at)
    return Entry(
        path=edition.path,
        kind=edition.type_key,
        title=edition.title,
        summary=edition.summary,
        keywords=_keywords(
            edition.type_label,
            edition.period_label,
            _land_words(edition.land),
            *edition.offices,
            *reading.search_words(edition),
            str(on.year),
        ),
        body=texts.of_edition(edition),
        land=edition.land,
        year=on.year,
        published_on=on,
    )


def of_land(land: Any) -> Entry:
    """The entry of a Land's page: its offices."""
    offices = list(reading.offices(land.code))
    return Entry(
        path=_path("land", land.slug),
        kind=PAGE_KIND,
        title=land.name,
        summary=_("Koordination, Länderberichte und Aktionspläne: %(offices)s")
        % {"offices": ", ".join(office.name for office in offices)},
        keywords=_keywords(
            _("Land Landeskoordinierungsstelle Ansprechstelle Kontakt"), _land_words(land.code)
        ),
        land=land.code,
    )


def _fixed(name: str) -> Entry:
    """The entry of a page that is a template."""
    main = BeautifulSoup(_main_block(f"home/info/{name}.html"), "html.parser")
    title, lead = main.find("h1"), main.find(class_="lead")
    return Entry(
        path=_path(name),
        kind=PAGE_KIND,
        title=" ".join(title.get_text(" ").split()) if title else name,
        summary=" ".join(lead.get_text(" ").split()) if lead else "",
        keywords=_("Notruf Krise Soforthilfe Beratungsstelle Frauenhaus") if name == "help" else "",
        body=" ".join(main.get_text(" ").split()),
    )


def _main_block(name: str) -> str:
    """What a page says, without the frame around it."""
    template: Any = get_template(name).template  # type: ignore[attr-defined]  # Django's own kind
    blocks = template.nodelist.get_nodes_by_type(BlockNode)
    main = next(block for block in blocks if block.name == "main")
    context = Context({"operator": conf.operator()})
    with context.render_context.push_state(template), context.bind_template(template):
        return str(main.nodelist.render(context))


def _everything() -> Iterator[Entry]:
    yield from (_fixed(name) for name in FIXED)
    yield from (of_land(land) for land in reading.laender())
    yield from (of_edition(edition) for edition in reading.editions().defer(None))
    for page in Page.objects.live().public().specific().iterator(chunk_size=100):
        if entry := of_page(page):
            yield entry


def prepared(entry: Entry) -> Entry:
    """The entry with what the database's index reads."""
    title, about, body = (" ".join(tokens(text)) for text in entry.texts())
    entry.title_stems, entry.about_stems, entry.body_stems = title, about, body
    row = entry.facet_values()
    entry.facet_words = " ".join(
        facet_word(facet.parameter, key) for facet in SEARCH for key in facet.answers(row)
    )
    return entry


def _write(entry: Entry) -> None:
    prepared(entry).save(force_insert=True)
    vocabulary.learn(entry)


def _path(name: str, *args: str) -> str:
    return reverse(f"home:{name}", args=args).strip("/")


def _land_words(code: str) -> str:
    land = next((land for land in reading.laender() if land.code == code), None)
    return f"{land.name} {SHORT_LAND.get(code, code.upper())}" if land else ""


def _keywords(*texts_: str) -> str:
    return "\n".join(text for text in texts_ if text)
