"""`manage.py startplugin` writes a small whole package."""

import pytest
from django.core.management import CommandError, call_command


def test_it_is_less_than_120_lines(tmp_path):
    call_command("startplugin", "stellungnahme", str(tmp_path), verbosity=0)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert sum(len(path.read_text().splitlines()) for path in files) < 120
    assert not [path for path in files if "tpl" in path.name or "app_name" in str(path)]
    assert not [path for path in files if "{{ app_name }}" in path.read_text()]


@pytest.mark.parametrize("name", ["Stellungnahme", "stellung-nahme", "erklärung", "../weg"])
def test_what_cannot_be_a_key_is_refused(tmp_path, name):
    with pytest.raises(CommandError):
        call_command("startplugin", name, str(tmp_path / "neu"), verbosity=0)
    assert not (tmp_path / "neu").exists()


def test_nothing_is_overwritten(tmp_path):
    call_command("startplugin", "stellungnahme", str(tmp_path), verbosity=0)
    with pytest.raises(CommandError):
        call_command("startplugin", "stellungnahme", str(tmp_path), verbosity=0)
