"""The baseline of page speed: a Django view that does nothing, without middleware."""

from django.http import HttpResponse
from django.urls import path

from bench.settings import *

ROOT_URLCONF = "bench.bare"
MIDDLEWARE: list[str] = []
INSTALLED_APPS: list[str] = []


def nothing(_request: object) -> HttpResponse:
    """The shortest page."""
    return HttpResponse("<!doctype html><title>leer</title>")


urlpatterns = [path("", nothing)]
