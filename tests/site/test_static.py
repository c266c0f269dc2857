"""Style sheets, scripts and fonts come packed, under names that change with their content."""

from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings as real
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client

STYLE = "main { color: black; }\n" * 100


@pytest.fixture
def style(settings: Any, tmp_path: Path) -> str:
    """The address of a style sheet, collected and packed as for production."""
    from klk_site.settings.data import _STATIC_STORAGE

    (tmp_path / "from").mkdir()
    (tmp_path / "from" / "style.css").write_text(STYLE)
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [tmp_path / "from"]
    settings.STATIC_ROOT = tmp_path / "to"
    settings.STORAGES = {**real.STORAGES, "staticfiles": {"BACKEND": _STATIC_STORAGE}}
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    call_command("collectstatic", interactive=False, verbosity=0)
    return str(staticfiles_storage.url("style.css"))


def test_packed_for_browsers_that_can_and_kept_for_ever(style: str) -> None:
    answer = Client().get(style, headers={"Accept-Encoding": "gzip, br"})
    packed = b"".join(answer)
    assert answer["Content-Encoding"] == "br"
    assert brotli.decompress(packed).decode() == STYLE
    assert len(packed) < len(STYLE) / 5
    assert "immutable" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("accepts", "encoding"), [("gzip", "gzip"), ("identity", "")])
def test_others_get_what_they_understand(style: str, accepts: str, encoding: str) -> None:
    answer = Client().get(style, headers={"Accept-Encoding": accepts})
    assert answer.get("Content-Encoding", "") == encoding
    b"".join(answer)
