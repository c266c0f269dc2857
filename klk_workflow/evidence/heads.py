"""Heads: how far each chain had come, as a signed list to be kept where nobody here can change it.

A chain that was recomputed from some point on is whole in itself; it no longer has the heads that a
list kept elsewhere names.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from klk_workflow import clock
from klk_workflow.content.digest import canonical
from klk_workflow.evidence import seals
from klk_workflow.evidence.verification import Fault
from klk_workflow.models import Document, Event

SCHEMA = 1


class NotAList(ValueError):
    """The file is no list of heads, or its signature does not hold."""


@dataclass(frozen=True)
class Heads:
    """A list: when it was made, and for each document key, number of Events, head and its time."""

    made: str
    entries: list[dict[str, Any]]


def write(*, published_only: bool = False) -> str:
    """The list of now, as text; signed if there is a key.

    The key of a draft tells that it exists: a list for the public names what is published only.
    """
    ends = Event.objects.filter(document=OuterRef("pk"), seq=OuterRef("event_count"))
    documents = Document.everything.filter(event_count__gt=0, edition_count__gte=published_only)
    rows = documents.annotate(at=Subquery(ends.values("at")[:1])).order_by("natural_key")
    body = {
        "schema": SCHEMA,
        "site": settings.WAGTAILADMIN_BASE_URL,
        "made": clock.now().isoformat(),
        "heads": [
            {"key": key, "seq": seq, "head": head, "at": at.isoformat()}
            for key, seq, head, at in rows.values_list("natural_key", "event_count", "head", "at")
        ],
    }
    signed = {"public_key": seals.public_key(), "signature": seals.seal(_text(body))}
    return json.dumps(body | signed, ensure_ascii=False, indent=1)


def read(text: str) -> Heads:
    """A list that was kept; NotAList if it is none or not signed by a key trusted here.

    Without a trusted key the signature must at least be that of the key it names.
    """
    try:
        said = json.loads(text)
        body = {name: said[name] for name in ("schema", "site", "made", "heads")}
        signature, own_key = said["signature"], said["public_key"]
    except (ValueError, LookupError, TypeError) as error:
        raise NotAList(_("Das ist keine Liste von Kettenenden.")) from error
    keys = seals.trusted_keys() or ((own_key,) if own_key else ())
    if keys and not seals.holds(_text(body), signature, keys):
        raise NotAList(_("Die Unterschrift der Liste stimmt nicht."))
    return Heads(body["made"], body["heads"])


def faults(heads: Heads) -> Iterator[Fault]:
    """What the chains of now no longer say, in the order of the list."""
    wanted = {entry["key"]: entry["seq"] for entry in heads.entries}
    rows = Event.objects.filter(document__natural_key__in=wanted)
    known = {
        (key, seq): head
        for key, seq, head in rows.values_list("document__natural_key", "seq", "hash").iterator()
        if wanted[key] == seq
    }
    for entry in heads.entries:
        key, seq = entry["key"], entry["seq"]
        if (key, seq) not in known:
            what = _("fehlt, steht aber in der Liste vom %(made)s") % {"made": heads.made[:10]}
            yield Fault(key, seq, what)
        elif known[key, seq] != entry["head"]:
            yield Fault(
                key,
                seq,
                _("bis hierher neu berechnet: die Liste vom %(made)s nennt ein anderes Kettenende")
                % {"made": heads.made[:10]},
            )


def _text(body: dict[str, Any]) -> str:
    return canonical(body).decode()
