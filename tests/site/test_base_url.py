"""Wagtail knows the site under the address that the settings name."""

import pytest
from wagtail.models import Site

from klk_site.apps import follow_base_url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("base_url", "root_url"),
    [
        ("https://klk.example.org", "https://klk.example.org"),
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
    ],
)
def test_site_follows_base_url(settings, base_url, root_url):
    settings.KLK_BASE_URL = base_url

    follow_base_url()

    assert Site.objects.get(is_default_site=True).root_url == root_url
