"""The Editions as a DCAT-AP.de catalogue in JSON-LD: a series of Fassungen is a data set, its
pages and files are distributions. No licence is claimed that nobody gave: the operator names it.

Source of the names: DCAT-AP.de 3.0 and its Konventionenhandbuch 2.0 (K with a number),
https://www.dcat-ap.de/def/.
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
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EU = "http://publications.europa.eu/resource/authority"
LANGUAGE = {"@id": f"{EU}/language/DEU", "@type": "dct:LinguisticSystem"}
THEMES = {
    "SOCI": "Bevölkerung und Gesellschaft",
    "JUST": "Justiz, Rechtssystem und öffentliche Sicherheit",
    "GOVE": "Regierung und öffentlicher Sektor",
}
TAXONOMY = {
    "@id": f"{EU}/data-theme",
    "@type": "skos:ConceptScheme",
    "dct:title": {"@value": "Data Theme", "@language": "en"},
}
# What was published stays at its address for ever.
AVAILABILITY = {"@id": f"{EU}/planned-availability/STABLE"}
COMPLETED = {"@id": "http://purl.org/adms/status/Completed"}
GERMANY = {"@id": f"{EU}/country/DEU", "@type": "dct:Location"}
DCAT_DE = "http://dcat-ap.de/def"
#: Keys of the Länder in the list of the Federal Statistical Office.
STATE_KEYS = {
    "sh": "01", "hh": "02", "ni": "03", "hb": "04", "nw": "05", "he": "06", "rp": "07", "bw": "08",
    "by": "09", "sl": "10", "be": "11", "bb": "12", "mv": "13", "sn": "14", "st": "15", "th": "16",
}  # fmt: skip


def build() -> dict[str, Any]:
    """The whole catalogue; two queries, however long it is."""
    base = settings.WAGTAILADMIN_BASE_URL
    editions = reading.editions().prefetch_related("renditions")
    return {
        "@context": CONTEXT,
        "@id": f"{base}{reverse('home:catalogue')}",
        "@type": "dcat:Catalog",
        "dct:title": _said(_("Länderberichte und Aktionspläne")),
        "dct:description": _said(_("Was die Länder gegen häusliche Gewalt berichten und planen.")),
        "dct:publisher": _agent(f"{base}/#betreiber", conf.operator().name),
        "dct:language": LANGUAGE,
        "dct:spatial": GERMANY,
        "dcat:themeTaxonomy": TAXONOMY,
        "dcatap:availability": AVAILABILITY,
        "foaf:homepage": {"@id": f"{base}/", "@type": "foaf:Document"},
        "dcat:dataset": [_dataset(base, edition) for edition in editions],
    }


def _dataset(base: str, edition: Any) -> dict[str, Any]:
    address = f"{base}{edition.get_absolute_url()}"
    data = {
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:title": _said(edition.title),
        "dct:description": _said(edition.summary or edition.title),
        "dct:identifier": address,
        "dct:publisher": _agent(f"{address}#stellen", _names(edition)),
        "dct:issued": _moment(edition.published_at),
        "dct:modified": _moment(edition.changed_at),
        "dct:language": LANGUAGE,
        "dcat:version": str(edition.number),
        "dcat:landingPage": {"@id": address, "@type": "foaf:Document"},
        "dcat:contactPoint": _contact(base),
        "dcat:theme": [_theme(key, label) for key, label in THEMES.items()],
        "dcat:keyword": [_said(edition.type_label), _said("Istanbul-Konvention")],
        "dcatap:availability": AVAILABILITY,
        "dcat:distribution": _distributions(edition),
        **_place(edition.land),
    }
    if contributor := settings.KLK_CATALOGUE_CONTRIBUTOR:
        data["dcatde:contributorID"] = {"@id": f"{DCAT_DE}/contributors/{contributor}"}
    return data


def _place(land: str) -> dict[str, Any]:
    """What a data set covers: a Land, or Germany; said twice (K8, K11)."""
    if not land:
        federal = {"@id": f"{DCAT_DE}/politicalGeocoding/Level/federal"}
        return {"dct:spatial": GERMANY, "dcatde:politicalGeocodingLevelURI": federal}
    state = f"{DCAT_DE}/politicalGeocoding/stateKey/{STATE_KEYS[land]}"
    return {
        "dct:spatial": {"@id": state, "@type": "dct:Location"},
        "dcatde:politicalGeocodingURI": {"@id": state},
        "dcatde:politicalGeocodingLevelURI": {"@id": f"{DCAT_DE}/politicalGeocoding/Level/state"},
    }


def _contact(base: str) -> dict[str, Any]:
    """Whom to ask; a mail address or at least a page (K1)."""
    operator = conf.operator()
    contact: dict[str, Any] = {
        "@id": f"{base}/#kontakt",
        "@type": "vcard:Kind",
        "vcard:fn": operator.name,
        "vcard:hasURL": {"@id": f"{base}{reverse('home:imprint')}"},
    }
    if operator.email:
        contact["vcard:hasEmail"] = {"@id": f"mailto:{operator.email}"}
    return contact


def _distributions(edition: Any) -> list[dict[str, Any]]:
    address = edition.permanent_address
    download = f"{address}inhalt.json"
    found = [
        _distribution(edition, address, _("Zum Lesen"), "HTML", "text/html"),
        _distribution(edition, download, _("Inhalt als JSON"), "JSON", "application/json")
        | _download(download),
    ]
    for pdf in edition.renditions.all():
        download = f"{address}fassung.pdf"
        found.append(
            _distribution(edition, download, _("Zum Drucken"), "PDF", "application/pdf")
            | _download(download)
            | {
                "spdx:checksum": {
                    "@type": "spdx:Checksum",
                    "spdx:algorithm": {"@id": f"{CONTEXT['spdx']}checksumAlgorithm_sha256"},
                    "spdx:checksumValue": {"@value": pdf.sha256, "@type": "xsd:hexBinary"},
                },
            }
        )
    return found


def _distribution(edition: Any, address: str, title: str, key: str, mime: str) -> dict[str, Any]:
    licence = settings.KLK_CATALOGUE_LICENCE
    data = {
        "@id": f"{address}#daten",
        "@type": "dcat:Distribution",
        "dct:title": _said(title),
        "dct:issued": _moment(edition.published_at),
        "dct:modified": _moment(edition.published_at),
        "dct:language": LANGUAGE,
        "dcat:accessURL": {"@id": address, "@type": "rdfs:Resource"},
        "dct:format": {"@id": f"{EU}/file-type/{key}", "@type": "dct:MediaTypeOrExtent"},
        "dcat:mediaType": {
            "@id": f"https://www.iana.org/assignments/media-types/{mime}",
            "@type": "dct:MediaType",
        },
        "dct:license": {"@id": f"{DCAT_DE}/licenses/{licence}", "@type": "dct:LicenseDocument"},
        "dcatap:availability": AVAILABILITY,
        "adms:status": COMPLETED,
    }
    # Such a licence asks for the names of those who wrote it (K35).
    if "-by" in licence:
        data["dcatde:licenseAttributionByText"] = _said(_names(edition))
    return data


def _download(address: str) -> dict[str, Any]:
    """A file that is fetched directly carries its address twice (K39)."""
    return {"dcat:downloadURL": {"@id": address, "@type": "rdfs:Resource"}}


def _names(edition: Any) -> str:
    return ", ".join(edition.offices) or "KLK"


def _agent(address: str, name: str) -> dict[str, Any]:
    return {"@id": address, "@type": "foaf:Agent", "foaf:name": _said(name)}


def _theme(key: str, label: str) -> dict[str, Any]:
    address = f"{EU}/data-theme/{key}"
    return {"@id": address, "@type": "skos:Concept", "skos:prefLabel": _said(label)}


def _said(text: Any) -> dict[str, str]:
    return {"@value": str(text), "@language": "de"}


def _moment(moment: datetime) -> dict[str, str]:
    return {"@value": moment.isoformat(), "@type": "xsd:dateTime"}
