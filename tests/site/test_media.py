"""Of the website's files only the pictures made for pages have public addresses."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages


@pytest.fixture
def stored(settings):
    return {
        name: default_storage.save(name, ContentFile(b"bytes"))
        for name in ("images/bild.width-800.png", "original_images/bild.png", "documents/blatt.pdf")
    }


def test_picture_of_a_page_is_served(client, stored):
    response = client.get(f"/media/{stored['images/bild.width-800.png']}")

    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"bytes"
    assert response.headers["Content-Type"] == "image/png"
    assert "immutable" in response.headers["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize(
    "name",
    [
        "original_images/bild.png",
        "documents/blatt.pdf",
        "images/gibt-es-nicht.png",
        "images/../documents/blatt.pdf",
        "images/",
    ],
)
def test_nothing_else_is(client, db, stored, name):
    assert client.get(f"/media/{name}").status_code == 404


def test_private_files_lie_outside(client, db):
    name = storages["private"].save("images/geheim.png", ContentFile(b"secret"))

    assert not default_storage.exists(name)
    assert client.get(f"/media/{name}").status_code == 404
