"""What is frozen of a Fassung: the stored bytes, strong validators, and gone once withdrawn."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from klk_workflow.models import Edition

Make = Callable[..., Edition]
PARTS = ["inhalt.json", "fassung.pdf", "zitat.bib", f"dateien/{'a' * 64}/plan.pdf"]


@pytest.fixture
def edition(
    make_edition: Make, make_file: Callable[..., Any], make_pdf: Callable[..., Any]
) -> Edition:
    """A Fassung with a PDF and a file."""
    made = make_edition(offices=["Stelle A & B"], json='{"b":1,"ä":[2]}')
    make_file(made)
    make_pdf(made)
    return made


def get(client: Client, edition: Edition, part: str, **headers: str) -> tuple[Any, bytes]:
    """The answer for a part of the Fassung, and its bytes."""
    answer = client.get(f"{edition.permanent_url()}{part}", headers=headers)
    return answer, b"".join(answer)


@pytest.mark.parametrize("part", PARTS)
def test_gone_once_it_is_withdrawn_also_for_those_who_have_kept_it(
    client: Client, edition: Edition, withdraw: Callable[[Edition], None], part: str
) -> None:
    before, body = get(client, edition, part)
    assert body
    assert before.status_code == 200
    withdraw(edition)
    for kept in ({}, {"If-None-Match": before.get("ETag", "*")}):
        answer, said = get(client, edition, part, **kept)
        assert answer.status_code == 410
        assert body not in said


@pytest.mark.parametrize(
    ("part", "content", "kind", "etag"),
    [
        ("inhalt.json", '{"b":1,"ä":[2]}'.encode(), "application/json", f"{1:064x}"),
        ("fassung.pdf", b"%PDF made once", "application/pdf", "b" * 64),
        (PARTS[3], b"%PDF", "application/pdf", "a" * 64),
    ],
)
def test_the_stored_bytes_under_strong_validators(
    client: Client, edition: Edition, part: str, content: bytes, kind: str, etag: str
) -> None:
    for _first_and_kept in range(2):
        answer, body = get(client, edition, part)
        assert body == content
        assert answer["Content-Type"] == kind
        assert answer["ETag"] == f'"{etag}"'
        assert answer["Last-Modified"] == "Thu, 12 Nov 2026 09:00:00 GMT"
        assert answer["Link"] == f'<{edition.permanent_url()}>; rel="canonical"'
        assert answer["Cache-Control"] == "public, no-cache"
    for condition in (
        {"If-None-Match": answer["ETag"]},
        {"If-Modified-Since": answer["Last-Modified"]},
    ):
        unchanged, body = get(client, edition, part, **condition)
        assert (unchanged.status_code, body) == (304, b"")


def test_the_compressed_answer_has_a_validator_of_its_own(client: Client, edition: Edition) -> None:
    plain, _body = get(client, edition, "inhalt.json")
    packed, _body = get(client, edition, "inhalt.json", **{"Accept-Encoding": "gzip"})
    assert packed["ETag"] == f'"{edition.digest}-gzip"' != plain["ETag"]
    headers = {"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]}
    assert get(client, edition, "inhalt.json", **headers)[0].status_code == 304


def test_a_pdf_that_is_not_made_yet_is_not_found(client: Client, make_edition: Make) -> None:
    assert get(client, make_edition(), "fassung.pdf")[0].status_code == 404


def test_files_are_called_after_their_fassung(client: Client, edition: Edition) -> None:
    said = {part: get(client, edition, part)[0].get("Content-Disposition") for part in PARTS}
    assert said["fassung.pdf"] == 'inline; filename="laenderberichte-nw-2026-1-fassung-1.pdf"'
    assert said["zitat.bib"] == 'attachment; filename="laenderberichte-nw-2026-1-1.bib"'
    assert said[PARTS[3]] == 'inline; filename="plan.pdf"'


def test_bibtex_names_offices_and_permanent_address(
    client: Client, edition: Edition, settings: Any
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://klk.example"
    bib = get(client, edition, "zitat.bib")[1].decode()
    assert "author = {{Stelle A \\& B}}" in bib
    assert f"https://klk.example{edition.permanent_url()}" in bib


def test_file_is_served_under_its_own_name_only(
    client: Client, make_edition: Make, make_file: Callable[..., Any]
) -> None:
    edition = make_edition()
    file = make_file(edition, "seite.html", "text/html")
    answer, body = get(client, edition, f"dateien/{file.sha256}/seite.html")
    assert body == b"%PDF"
    assert answer["Content-Disposition"].startswith("attachment")
    assert get(client, edition, f"dateien/{file.sha256}/anders.html")[0].status_code == 404
