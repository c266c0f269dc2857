"""Films can be wound forward: a file is answered in the parts that are asked for."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model

pytestmark = pytest.mark.django_db
FILM = bytes(range(256)) * 1000


@pytest.fixture
def film() -> str:
    """The address of a film."""
    file = ContentFile(FILM, name="film.mp4")
    return str(get_document_model().objects.create(title="Film", file=file).url)


def ask(client: Client, address: str, **headers: str) -> Any:
    answer = client.get(address, headers=headers)
    return answer, b"".join(answer)


def test_the_whole_says_that_parts_can_be_had(client: Client, film: str) -> None:
    answer, body = ask(client, film)
    assert (answer.status_code, answer["Accept-Ranges"], body) == (200, "bytes", FILM)


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-1", 0, 1),  # how Safari begins
        ("bytes=100000-", 100_000, 255_999),
        ("bytes=255000-999999", 255_000, 255_999),
        ("bytes=-10", 255_990, 255_999),
        ("bytes=-999999", 0, 255_999),
    ],
)
def test_a_part_is_what_was_asked_for(
    client: Client, film: str, asked: str, start: int, end: int
) -> None:
    answer, body = ask(client, film, Range=asked)
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {start}-{end}/256000"
    assert answer["Content-Length"] == str(len(body))
    assert answer["Content-Type"] == "video/mp4"
    assert body == FILM[start : end + 1]


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=-0"])
def test_a_part_there_is_not_is_refused(client: Client, film: str, asked: str) -> None:
    answer = client.get(film, headers={"Range": asked})
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */256000")


@pytest.mark.parametrize("asked", ["bytes=5-1", "bytes=-", "bytes=0-1,5-6", "zeilen=0-1", "x"])
def test_what_makes_no_sense_gets_the_whole(client: Client, film: str, asked: str) -> None:
    answer, body = ask(client, film, Range=asked)
    assert (answer.status_code, body) == (200, FILM)


def test_a_part_of_another_file_is_not_mixed_with_this_one(client: Client, film: str) -> None:
    etag = ask(client, film)[0]["ETag"]
    same, _ = ask(client, film, Range="bytes=5-9", **{"If-Range": etag})
    other, _ = ask(client, film, Range="bytes=5-9", **{"If-Range": '"anders"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_a_page_is_no_file(client: Client) -> None:
    answer = client.get("/hilfe/", headers={"Range": "bytes=0-9"})
    assert answer.status_code == 200
    assert "Accept-Ranges" not in answer
