"""The catalogue of data sets, held against DCAT-AP 3.0 and what DCAT-AP.de adds to it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyshacl
import pytest
import rdflib
from django.test import Client
from django.test.utils import override_settings

from tests.crawl import body

DATA = Path(__file__).parent / "data"
SHAPES = ("dcat-ap-3.0-shapes.ttl", "dcat-ap-de-conventions.ttl")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCAT_DE = rdflib.Namespace("http://dcat-ap.de/def/dcatde/")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")
VCARD = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
Make = Callable[..., Any]


def _catalogue(client: Client) -> rdflib.Graph:
    answer = client.get("/katalog.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    return rdflib.Graph().parse(data=answer.content, format="json-ld")


def _validate(graph: rdflib.Graph) -> None:
    """Both sets of shapes; they lie here, nothing is fetched."""
    for name in SHAPES:
        shapes = rdflib.Graph().parse(DATA / name)
        keeps, _results, report = pyshacl.validate(
            graph, shacl_graph=shapes, do_owl_imports=False, inference="none"
        )
        assert keeps, report


@pytest.mark.parametrize("mail", ["", "stelle@betreiber.test"])
@pytest.mark.parametrize("licence", ["other-closed", "dl-by-de/2.0"])
def test_catalogue_keeps_to_the_shapes(
    client: Client, make_edition: Make, make_pdf: Make, withdraw: Make, mail: str, licence: str
) -> None:
    make_pdf(make_edition("nw"))
    make_edition("by", summary="")
    make_edition("", type_key="aktionsplan", period="bund", offices=[])
    withdraw(make_edition("he"))
    with override_settings(
        KLK_OPERATOR_EMAIL=mail,
        KLK_CATALOGUE_LICENCE=licence,
        KLK_CATALOGUE_CONTRIBUTOR="beispielportal",
    ):
        graph = _catalogue(client)
    assert len(set(graph.subjects(rdflib.RDF.type, DCAT.Dataset))) == 3
    assert len(set(graph.subjects(rdflib.RDF.type, DCAT.Distribution))) == 7
    _validate(graph)


def test_nothing_is_claimed_that_the_operator_did_not_say(
    client: Client, make_edition: Make
) -> None:
    make_edition()
    graph = _catalogue(client)
    licences = {str(licence) for licence in graph.objects(None, DCT.license)}
    assert licences == {"http://dcat-ap.de/def/licenses/other-closed"}
    assert not set(graph.objects(None, DCAT_DE.contributorID))
    assert not set(graph.objects(None, DCAT_DE.licenseAttributionByText))
    assert not set(graph.objects(None, VCARD.hasEmail))


@override_settings(KLK_CATALOGUE_LICENCE="dl-by-de/2.0", KLK_CATALOGUE_CONTRIBUTOR="beispielportal")
def test_operator_names_licence_and_deliverer(client: Client, make_edition: Make) -> None:
    make_edition(offices=["Stelle NW", "Ministerium NW"])
    graph = _catalogue(client)
    (name,) = set(graph.objects(None, DCAT_DE.licenseAttributionByText))
    assert str(name) == "Stelle NW, Ministerium NW"
    (contributor,) = graph.objects(None, DCAT_DE.contributorID)
    assert str(contributor) == "http://dcat-ap.de/def/contributors/beispielportal"


def test_every_address_of_a_file_answers(
    client: Client, make_edition: Make, make_pdf: Make
) -> None:
    make_pdf(make_edition())
    addresses = {str(address) for address in _catalogue(client).objects(None, DCAT.downloadURL)}
    kinds = set()
    for address in addresses:
        answer = client.get(urlsplit(address).path)
        assert answer.status_code == 200
        kinds.add(answer["Content-Type"])
        body(answer)
    assert kinds == {"application/json", "application/pdf"}
