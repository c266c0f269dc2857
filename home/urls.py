"""Every public address. Wagtail's pages come last and take what is left."""

from typing import Any

from django.urls import include, path, register_converter
from wagtail import urls as wagtail_urls

from home.cache import PAGES
from home.views import barrier, editions, feeds, frozen, info, laender, machines, search
from klk_workflow import reading


class PublicTypeConverter:
    """The first part of an Edition's address: the slug of a type that is published here."""

    regex = "[-a-z0-9]+"

    def to_python(self, value: str) -> Any:
        """Find the type; what is none is left to Wagtail's pages."""
        found = reading.public_type(value)
        if found is None:
            raise ValueError(value)
        return found

    def to_url(self, value: Any) -> str:
        """Take a type, or its slug."""
        return str(getattr(value, "slug", value))


register_converter(PublicTypeConverter, "public_type")

FASSUNG = "<public_type:public_type>/<path:rest>/fassung/<int:number>/"

urls = [
    path("laender/", laender.all_laender, name="laender"),
    path("laender/<slug:slug>/", laender.one_land, name="land"),
    path("berichte-und-plaene/", editions.overview, name="overview"),
    path("suche/", search.search, name="search"),
    path("hilfe/", info.page("help", PAGES), name="help"),
    path("spuren-vermeiden/", info.page("traces"), name="traces"),
    path("pruefung-und-freigabe/", info.page("approval"), name="approval"),
    path("impressum/", info.page("imprint"), name="imprint"),
    path("datenschutz/", info.page("privacy"), name="privacy"),
    path("barrierefreiheit/", info.page("accessibility"), name="accessibility"),
    path("barrierefreiheit/melden/", barrier.report, name="barrier"),
    path("feed/", feeds.latest, name="feed"),
    path("katalog.jsonld", machines.data_catalogue, name="catalogue"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("<public_type:public_type>/", editions.type_list, name="type"),
    path(f"{FASSUNG}inhalt.json", frozen.content, name="frozen_json"),
    path(f"{FASSUNG}fassung.pdf", frozen.pdf, name="frozen_pdf"),
    path(f"{FASSUNG}zitat.bib", frozen.bibtex, name="bibtex"),
    path(f"{FASSUNG}dateien/<str:sha256>/<str:name>", frozen.file, name="frozen_file"),
    path(f"{FASSUNG}seit/<int:older>/", editions.changes, name="changes"),
    path(FASSUNG, editions.edition, name="fassung"),
    path("<public_type:public_type>/<path:rest>/", editions.edition, name="edition"),
]

urlpatterns = [path("", include((urls, "home"))), path("", include(wagtail_urls))]
