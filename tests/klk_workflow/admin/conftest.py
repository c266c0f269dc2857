"""Signed-in people, and pages as plain text."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse


@pytest.fixture
def as_(people: dict[str, Any]) -> Callable[[str], Client]:
    """A browser of its own for one of the people."""

    def enter(who: str) -> Client:
        client = Client()
        client.force_login(people[who])
        return client

    return enter


def at(name: str, *args: Any) -> str:
    """An address of the member area."""
    return reverse(f"dokumente:{name}", args=args)


def text_of(response: Any) -> str:
    """What a reader meets: no tags, single spaces."""
    main = response.content.decode().partition('id="main"')[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def marked(response: Any) -> str:
    """The page with its marks, without the words that are only heard."""
    return re.sub(r'<span class="klk-sr">[^<]*</span>', "", response.content.decode())
