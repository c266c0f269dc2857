"""Real questions over the demo: what people would want to find is among the first five."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from home import facets
from home.facets import Choice
from home.search import index
from home.search.find import find

pytestmark = pytest.mark.django_db

QUESTIONS = json.loads(Path(__file__).with_name("queries.json").read_text("utf-8"))
FIRST = 5
ENOUGH = 0.9


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Load the demo into a transaction that is rolled back at the end of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo")
        index.rebuild()
        yield
        transaction.set_rollback(True)


def recall(question: dict) -> float:
    """The part of what is expected that stands among the first; an address stands for all below."""
    hits = find(Choice(facets.SEARCH, {}, question["query"])).hits[:FIRST]
    urls = [hit.url for hit in hits]
    found = [want for want in question["expected"] if any(u.startswith(want) for u in urls)]
    return len(found) / len(question["expected"])


def test_recall_of_real_questions(capsys: pytest.CaptureFixture[str]) -> None:
    recalls = {question["query"]: recall(question) for question in QUESTIONS}
    mean = sum(recalls.values()) / len(recalls)
    missed = ", ".join(query for query, value in recalls.items() if value < 1)
    with capsys.disabled():
        print(f"\nsearch: recall@{FIRST} = {mean:.3f} over {len(recalls)} questions")
        print(f"        not everything for: {missed}")
    assert len(recalls) >= 60
    assert mean >= ENOUGH
