"""Reading all that a visitor can reach."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from klk_workflow.models import Document, DocumentFile

LINK = re.compile(r"""(?:href|src|action)=["']?([^"'\s>]+)""")


def patterns(resolver: Any = None, path: str = "", namespace: str = "") -> Iterator[tuple]:
    """Every route: (name with namespaces, its route, the pattern)."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, [namespace, pattern.namespace]))
            yield from patterns(pattern, route, inner)
        elif isinstance(pattern, URLPattern):
            name = pattern.name or ""
            yield ":".join(filter(None, [namespace, name])), route, pattern


def plain_addresses() -> list[str]:
    """The addresses of all routes that need no value."""
    found = []
    for _name, route, _pattern in patterns():
        address = "/" + re.sub(r"\\Z|[\^$]", "", route)
        if not re.search(r"[<(\\\[]", address):
            found.append(address)
    return sorted(set(found))


def body(response: Any) -> str:
    """All that an answer says, headers included."""
    content = b"".join(response) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{unquote(headers)}\n{unescape(content.decode('utf-8', 'replace'))}"


def crawl(
    client: Client, start: Iterable[str], *, limit: int = 500, choices: int = 500
) -> dict[str, Any]:
    """Follow every link on this site from these addresses; the answers by address.

    `limit` bounds the answers, `choices` those of one path with different queries.
    """
    queue, answers, asked = deque(start), {}, Counter[str]()
    while queue and len(answers) < limit:
        address = queue.popleft()
        if address in answers or address.startswith(("/admin/", "/konto/", "/static/")):
            continue
        path = urlsplit(address).path
        if asked[path] == choices:
            continue
        asked[path] += 1
        response = client.get(address)
        said = body(response)
        answers[address] = (response, said)
        if response.headers.get("Location"):
            queue.append(urljoin(address, response.headers["Location"]))
        if "html" in response.headers.get("Content-Type", ""):
            for link in LINK.findall(said):
                target = urldefrag(urljoin(address, link)).url
                parts = urlsplit(target)
                if not parts.netloc and not parts.scheme:
                    queue.append(target)
    return answers


def public_addresses(documents: Iterable[Document]) -> Iterator[str]:
    """All addresses the public may try: the site's own, and every face of these documents."""
    yield from plain_addresses()
    for document in documents:
        path = f"/{document.path}/"
        yield path
        for number in (1, 2):
            yield f"{path}fassung/{number}/"
            for name in ("inhalt.json", "zitat.bib"):
                yield f"{path}fassung/{number}/{name}"
            for file in DocumentFile.objects.filter(document=document):
                yield f"{path}fassung/{number}/dateien/{file.sha256}/{file.name}"
        for suffix in ("", "inhalt.json", "feed/", "index.json", "print/", "pdf/"):
            yield f"{path}{suffix}"
