"""The Editions as a DCAT-AP.de catalogue in JSON-LD: a series of Fassungen is a data set, its
pages and files are distributions. No licence is claimed that nobody gave.

Source of the names: DCAT-AP.de 2.0 and 3.0, https://www.dcat-ap.de/def/.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from home import conf
from klk_workflow import reading

CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EU = "http://publications.europa.eu/resource/authority"
LANGUAGE = {"@id": f"{EU}/language/DEU", "@type": "dct:LinguisticSystem"}
THEMES = {
    "SOCI": "Bevölkerung und Gesellschaft",
    "JUST": "Justiz, Rechtssystem und öffentliche Sicherheit",
    "GOVE": "Regierung und öffentlicher Sektor",
}
LAND = "http://dcat-ap.de/def/politicalGeocoding/stateKey"
# "All rights reserved" in the list of licences of DCAT-AP.de.
ALL_RIGHTS = "http://dcat-ap.de/def/licenses/other-closed"
#: Keys of the Länder in the list of the Federal Statistical Office.
STATE_KEYS = {
    "sh": "01", "hh": "02", "ni": "03", "hb": "04", "nw": "05", "he": "06", "rp": "07", "bw": "08",
    "by": "09", "sl": "10", "be": "11", "bb": "12", "mv": "13", "sn": "14", "st": "15", "th": "16",
}  # fmt: skip


def build() -> dict[str, Any]:
    """The whole catalogue; one query."""
    base = settings.WAGTAILADMIN_BASE_URL
    publisher = _agent(f"{base}/#betreiber", conf.operator().name)
    return {
        "@context": CONTEXT,
        "@id": f"{base}{reverse('home:catalogue')}",
        "@type": "dcat:Catalog",
        "dct:title": _said(_("Länderberichte und Aktionspläne")),
        "dct:description": _said(_("Was die Länder gegen häusliche Gewalt berichten und planen.")),
        "dct:publisher": publisher,
        "dct:language": LANGUAGE,
        "foaf:homepage": {"@id": f"{base}/", "@type": "foaf:Document"},
        "dcat:dataset": [_dataset(base, edition) for edition in reading.editions()],
    }


def _dataset(base: str, edition: Any) -> dict[str, Any]:
    address = f"{base}{edition.get_absolute_url()}"
    data = {
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:title": _said(edition.title),
        "dct:description": _said(edition.summary or edition.title),
        "dct:identifier": address,
        "dct:publisher": _agent(f"{address}#stellen", ", ".join(edition.offices) or "KLK"),
        "dct:issued": _day(edition.published_at),
        "dct:modified": _day(edition.changed_at),
        "dct:language": LANGUAGE,
        "dcat:version": str(edition.number),
        "dcat:landingPage": {"@id": address, "@type": "foaf:Document"},
        "dcat:theme": [_theme(key, label) for key, label in THEMES.items()],
        "dcat:keyword": [_said(edition.type_label), _said("Istanbul-Konvention")],
        "dcat:distribution": [
            _file(edition.permanent_address, _("Zum Lesen"), "HTML", "text/html"),
            _file(
                f"{edition.permanent_address}inhalt.json",
                _("Inhalt als JSON"),
                "JSON",
                "application/json",
            ),
        ],
    }
    if edition.land:
        data["dcatde:politicalGeocodingLevelURI"] = {
            "@id": "http://dcat-ap.de/def/politicalGeocoding/Level/state"
        }
        data["dcatde:politicalGeocodingURI"] = {"@id": f"{LAND}/{STATE_KEYS[edition.land]}"}
    return data


def _file(address: str, title: str, key: str, mime: str) -> dict[str, Any]:
    return {
        "@id": f"{address}#daten",
        "@type": "dcat:Distribution",
        "dct:title": _said(title),
        "dcat:accessURL": {"@id": address, "@type": "rdfs:Resource"},
        "dct:format": {"@id": f"{EU}/file-type/{key}", "@type": "dct:MediaTypeOrExtent"},
        "dcat:mediaType": {
            "@id": f"https://www.iana.org/assignments/media-types/{mime}",
            "@type": "dct:MediaType",
        },
        "dct:license": {"@id": ALL_RIGHTS, "@type": "dct:LicenseDocument"},
    }


def _agent(address: str, name: str) -> dict[str, Any]:
    return {"@id": address, "@type": "foaf:Agent", "foaf:name": _said(name)}


def _theme(key: str, label: str) -> dict[str, Any]:
    address = f"{EU}/data-theme/{key}"
    return {"@id": address, "@type": "skos:Concept", "skos:prefLabel": _said(label)}


def _said(text: Any) -> dict[str, str]:
    return {"@value": str(text), "@language": "de"}


def _day(moment: datetime) -> dict[str, str]:
    return {"@value": moment.isoformat(), "@type": "xsd:dateTime"}
