"""Lists and search at 100, 1,000 and 10,000 documents: flat, or slower the more there are.

The texts are made up of one vocabulary, so that only their number differs. Rows are written to the
tables at once; what is timed is the whole page, without the page cache, in processor time: SQLite
works in this process, and what else the machine does is left out.
"""

import random
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import connection
from django.test import Client

from home.search import index
from home.search.models import Entry
from klk_workflow.laender import LAENDER
from klk_workflow.models import Document, Edition
from klk_workflow.registry import registry
from klk_workflow.roles import REDAKTION

SIZES = (100, 1_000, 10_000)
ROUNDS = 15
BOUND = 1.25
#: In every document, and in a few.
EVERYWHERE, RARE = "Gewaltschutz", "Nordlicht"
HOW_MANY_RARE = 5
WORDS_EACH = 120
NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


def compare() -> None:
    """Print the time of each page at each size, and its ratio to the first."""
    editor = User.objects.create_user("bench-search", "search@example.org")
    editor.groups.add(Group.objects.get(name=REDAKTION))
    reader, member = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    member.force_login(editor)
    pages: dict[str, Callable[[], Any]] = {
        "list of Länderberichte": lambda: reader.get("/laenderberichte/"),
        "search, a rare word": lambda: reader.get("/suche/", {"q": RARE}),
        "search, a word in all": lambda: reader.get("/suche/", {"q": EVERYWHERE}),
        "search, an unknown word": lambda: reader.get("/suche/", {"q": "Gewaltschuts"}),
        "editors' list": lambda: member.get("/admin/dokumente/laenderbericht/"),
    }
    times: dict[str, list[float]] = {name: [] for name in pages}
    for size in SIZES:
        _fill(size)
        for name, ask in pages.items():
            times[name].append(_time(ask))
    for name, (first, *others) in times.items():
        said = ", ".join(f"{1000 * other:.0f} ms = {other / first:.2f}" for other in others)
        print(f"grow   {name}: {1000 * first:.0f} ms at {SIZES[0]}; {said} (bound: {BOUND})")


def _time(ask: Callable[[], Any]) -> float:
    """The fastest of some rounds: what else the machine does only ever adds to it."""
    spent = []
    for _ in range(ROUNDS + 1):
        cache.clear()
        began = process_time()
        response = ask()
        spent.append(process_time() - began)
        if response.status_code != 200:  # noqa: PLR2004 - HTTP
            raise RuntimeError(f"{response.request['PATH_INFO']} answers {response.status_code}")
    return min(spent[1:])


def _fill(size: int) -> None:
    """Add documents, each with its Fassung and its entry, until there are so many."""
    numbers = range(Edition.objects.filter(path__startswith="laenderberichte/bench/").count(), size)
    parents = [_document(number) for number in numbers]
    Document.objects.bulk_create(parents, batch_size=500)
    _children(parents)
    Edition.objects.bulk_create(
        (_edition(parent, number) for parent, number in zip(parents, numbers, strict=True)),
        batch_size=500,
    )
    for edition in Edition.objects.filter(document__in=parents[:1]):
        index.show_edition(edition.path)  # the words; all others have the same
    _entries(parents[1:])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _document(number: int) -> Document:
    land = list(LAENDER)[number % len(LAENDER)]
    at = NOW + timedelta(minutes=number)
    return Document(
        type_key="laenderbericht",
        natural_key=f"laenderbericht:bench:{number}",
        title=f"Länderbericht {LAENDER[land].name}",
        land=land,
        state="veroeffentlicht",
        workflow_version=registry.get("laenderbericht").workflow.version,
        edition_count=1,
        created_at=at,
        updated_at=at,
    )


def _children(parents: Iterable[Document]) -> None:
    """The rows of the child table; Django does not make them in one go."""
    table = registry.get("laenderbericht").model._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (document_ptr_id) VALUES (%s)",  # noqa: S608 - a table of ours
            [(parent.pk,) for parent in parents],
        )


def _edition(document: Document, number: int) -> Edition:
    return Edition(
        document=document,
        number=1,
        type_key="laenderbericht",
        type_label="Länderbericht",
        path=f"laenderberichte/bench/{number}",
        title=document.title,
        land=document.land,
        period_label="1. Halbjahr 2026",
        summary=f"Über {EVERYWHERE} im Land.",
        html=f"<p>{_text(number)}</p>",
        json="{}",
        digest=f"{number:064x}",
        head="",
        published_at=document.created_at,
    )


def _text(number: int) -> str:
    chosen = random.Random(number)  # noqa: S311 - the same text each time
    words = [f"Wort{chosen.randrange(2000)}" for _ in range(WORDS_EACH)]
    rare = [RARE] if number < HOW_MANY_RARE else []
    return " ".join([EVERYWHERE, *rare, *words])


def _entries(parents: list[Document]) -> None:
    editions = Edition.objects.filter(document__in=parents).order_by("pk").iterator(chunk_size=500)
    entries = [index.prepared(index.of_edition(edition)) for edition in editions]
    Entry.objects.bulk_create(entries, batch_size=500)
