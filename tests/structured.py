"""Structured data against what Google Search Central documents for each type.

Sources: https://developers.google.com/search/docs/appearance/ and there structured-data/article,
structured-data/breadcrumb, structured-data/event, structured-data/organization and site-names.
LearningResource has rules there for films only, Report none of its own: it is an Article.

What is recommended and left out on purpose: pictures (image, logo; a preview could give away what
somebody reads), and what the site does not know (offers, performer, pages of authors).
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import rdflib

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SCHEMA = "https://schema.org"
ARTICLE = {"headline", "author", "datePublished", "dateModified", "publisher", "url"}
#: What each type must or should have, whether it stands alone or within another.
PROPERTIES = {
    "Audience": {"audienceType"},
    "AdministrativeArea": {"name"},
    "BreadcrumbList": {"itemListElement"},
    "Event": {"name", "startDate", "location"}
    | {"description", "endDate", "eventAttendanceMode", "eventStatus", "organizer", "url"},
    "LearningResource": {"name", "description", "learningResourceType", "inLanguage", "url"},
    "ListItem": {"position", "name", "item"},
    "NewsArticle": ARTICLE,
    "Organization": {"name"},
    "Place": {"name", "address"},
    "PostalAddress": {"addressLocality", "addressCountry"},
    "Report": ARTICLE | {"reportNumber"},
    "VirtualLocation": {"url"},
    "WebSite": {"name", "url", "publisher", "inLanguage"},
}
ADDRESSES = {"@id", "url", "item", "license", "eventStatus", "eventAttendanceMode"}
MOMENTS = {"datePublished", "dateModified", "startDate", "endDate"}
#: Types that stand for a page as a whole.
PAGES = {"BreadcrumbList", "Event", "LearningResource", "NewsArticle", "Report", "WebSite"}


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """An object and all that lie in it."""
    if isinstance(data, dict):
        yield data
    for value in data.values() if isinstance(data, dict) else data:
        if isinstance(value, dict | list):
            yield from _objects(value)


def _missing(item: dict[str, Any]) -> Iterator[str]:
    """What is not there, empty, or in a form that search engines do not take."""
    for name in PROPERTIES[item["@type"]]:
        if item.get(name) in (None, "", [], {}):
            yield f"{item['@type']}.{name} is missing"
    for name in ADDRESSES & item.keys():
        if not all(urlsplit(item[name])[:2]):
            yield f"{item['@type']}.{name} is no whole address: {item[name]}"
    for name in MOMENTS & item.keys():
        if datetime.fromisoformat(item[name]).utcoffset() is None:
            yield f"{item['@type']}.{name} has no zone: {item[name]}"
    if item["@type"] == "BreadcrumbList":
        places = [step["position"] for step in item["itemListElement"]]
        if len(places) < 2 or places != list(range(1, len(places) + 1)):
            yield f"BreadcrumbList has the places {places}"


def faults(block: str) -> Iterator[str]:
    """What search engines would find wrong with a block of data, as it stands in a page."""
    data = json.loads(block)
    for item in _objects(data):
        yield from _missing(item)
    if data.pop("@context") != SCHEMA:
        yield "the vocabulary is not named"
    # Named here, so that nothing is fetched.
    named = json.dumps({"@context": {"@vocab": f"{SCHEMA}/"}} | data)
    kinds = rdflib.Graph().parse(data=named, format="json-ld").objects(None, rdflib.RDF.type)
    if rdflib.URIRef(f"{SCHEMA}/{data['@type']}") not in kinds:
        yield "no JSON-LD"
