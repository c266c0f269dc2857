"""History: what a version costs on disk, its first page at 10 to 1,000 versions, comparing reports.

A version is a text that was kept: each performed transition keeps one. Bytes are those of the
database file; times are processor time, so that what else the machine does is left out.
"""

from collections.abc import Callable
from difflib import SequenceMatcher
from time import process_time
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from reversion.models import Version
from wagtail.rich_text import RichText

from bench import cycle
from klk_workflow.admin.reading import versions
from klk_workflow.admin.reading.review import compared
from klk_workflow.content.editing import PartChange, save_parts, start
from klk_workflow.models import Document, Office, Outline, Period, Section
from klk_workflow.perform import perform
from klk_workflow.registry import registry

SIZES = (10, 100, 1_000)
ROUNDS = 7
BOUND = 1.25
#: Words of a page, and of a report of thirty pages in fourteen sections.
PAGE = 350
PAGES = 30
#: Every so many words one is another in the second report.
CHANGED_EVERY = 40


def compare(users: dict[str, Any]) -> Document:
    """Print all three; give the document with a thousand versions."""
    document = _begin(users, 1)
    _write(document, users, cycle.WORDS)
    _print_growth(document, users)
    _print_comparison(_begin(users, 2), users)
    return document


def _print_growth(document: Document, users: dict[str, Any]) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(users["member"])
    address = reverse("dokumente:verlauf", args=[document.pk])
    before, times = _bytes(), []
    for size in SIZES:
        _fill(document, users, size)
        times.append(_fastest(lambda: client.get(address)))
    each = (_bytes() - before) / SIZES[-1]
    text = sum(len(row.encode()) for row in _newest_text(document))
    print(f"history  a version on disk / its text = {each / text:.2f} ({each / 1024:.1f} KiB)")
    said = [
        f"{size}: {1000 * spent:.0f} ms = {spent / times[0]:.2f}"
        for size, spent in zip(SIZES, times, strict=True)
    ]
    print(f"history  first page, versions {', '.join(said)} (at {SIZES[0]} it is not full yet)")
    ratio = times[-1] / times[1]
    print(f"history  first page, {SIZES[-1]} / {SIZES[1]} = {ratio:.2f} (bound: {BOUND})")


def _print_comparison(document: Document, users: dict[str, Any]) -> None:
    words = [f"Wort{number * 7919 % 3001}" for number in range(PAGE * PAGES)]
    other = [f"{word}neu" if n % CHANGED_EVERY == 0 else word for n, word in enumerate(words)]
    events = []
    for text in (words, other):
        _write(document, users, *_shared(text))
        events.append(
            perform(document, "einreichen", by=users["member"], seen_digest=document.digest)
        )
        _act(document, users, "zuruecknehmen")
    old, new = (versions.at(document, event) for event in events)
    ours = _fastest(lambda: [s.marked for g in compared(new, old).groups for s in g.items])
    plain = _fastest(lambda: SequenceMatcher(None, words, other, autojunk=False).get_opcodes())
    said = f"{1000 * ours:.0f} ms, / plain difflib over the same words = {ours / plain:.2f}"
    print(f"compare  two reports of {PAGES} pages: {said}")


def _begin(users: dict[str, Any], number: int) -> Document:
    outline = Outline.objects.get(type_key="laenderbericht", version=1)
    period = Period.objects.create(
        slug=f"bench-history-{number}",
        label=f"Verlauf {number}",
        year=2001,
        half=number,
        opens="2001-01-01",
        due="2001-06-01",
        outline=Outline.objects.create(
            type_key="laenderbericht",
            version=100 + number,
            data=[{**entry, "max_words": None} for entry in outline.data],
        ),
    )
    document, _is_new = start(
        registry.get("laenderbericht"),
        by=users["member"],
        natural_key=f"laenderbericht:{Office.objects.get(name='Bench').land}:{period.slug}",
        title=period.label,
        land="nw",
        period=period,
    )
    return document


def _write(document: Document, users: dict[str, Any], *texts: str) -> None:
    """Put the texts into the sections, one after the other; one text stands in all."""
    sections = list(Section.objects.filter(document=document).order_by("position"))
    changes = [
        PartChange(s, s.version, {"body": [("text", RichText(f"<p>{texts[n % len(texts)]}</p>"))]})
        for n, s in enumerate(sections)
    ]
    save_parts(document, by=users["member"], changes=changes)
    document.refresh_from_db()


def _shared(words: list[str]) -> list[str]:
    each = -(-len(words) // cycle.SECTIONS)
    return [" ".join(words[at : at + each]) for at in range(0, len(words), each)]


def _fill(document: Document, users: dict[str, Any], size: int) -> None:
    """Submit and take back until so many versions are there, one sentence another each time."""
    while document.event_count < size:
        section = Section.objects.filter(document=document).order_by("position")[0]
        text = RichText(f"<p>{cycle.WORDS} Stand {document.event_count}.</p>")
        change = PartChange(section, section.version, {"body": [("text", text)]})
        save_parts(document, by=users["member"], changes=[change])
        _act(document, users, "einreichen")
        _act(document, users, "zuruecknehmen")


def _act(document: Document, users: dict[str, Any], action: str) -> None:
    document.refresh_from_db()
    perform(document, action, by=users["member"], seen_digest=document.digest)
    document.refresh_from_db()


def _newest_text(document: Document) -> list[str]:
    number = document.events.order_by("-seq").values_list("revision_id", flat=True)[0]
    rows = Version.objects.filter(revision_id=number)
    return list(rows.values_list("serialized_data", flat=True))


def _bytes() -> int:
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        return int(pages * cursor.execute("PRAGMA page_size").fetchone()[0])


def _fastest(do: Callable[[], Any]) -> float:
    """Processor seconds of the fastest round but the first, which fills what is kept."""
    spent = []
    for _round in range(ROUNDS + 1):
        cache.clear()
        began = process_time()
        answer = do()
        spent.append(process_time() - began)
        if getattr(answer, "status_code", 200) != 200:  # noqa: PLR2004 - HTTP
            raise RuntimeError(f"{answer.request['PATH_INFO']} answers {answer.status_code}")
    return min(spent[1:])
