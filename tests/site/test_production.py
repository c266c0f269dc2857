"""An insecure production site does not start, and says why."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from klk_site.refusals import insecure_values

BASE = Path(__file__).resolve().parents[2]

SECURE = {
    "KLK_ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 50,
    "DEMO_SECRET_KEY": "known",
    "DEBUG": False,
    "ALLOWED_HOSTS": ["klk.example.org"],
    "KLK_DEMO_ACCOUNTS": False,
    "KLK_BASE_URL": "https://klk.example.org",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "KLK_DEMO_OPERATOR": "Beispiel",
    "KLK_OPERATOR_NAME": "Verein Muster",
    "KLK_OPERATOR_ADDRESS": "Weg 1, 12345 Ort",
    "KLK_OPERATOR_EMAIL": "post@muster.test",
    "KLK_OPERATOR_AUTHORITY": "Landesbeauftragte",
    "KLK_OPERATOR_ARBITRATION": "Schlichtungsstelle",
}


def refused(**changes):
    return list(insecure_values(SimpleNamespace(**SECURE | changes)))


def test_secure_values_pass():
    assert refused() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KLK_ENVIRONMENT", "prod"),
        ("SECRET_KEY", "known"),
        ("SECRET_KEY", "short"),
        ("DEBUG", True),
        ("ALLOWED_HOSTS", ["klk.example.org", "*"]),
        ("ALLOWED_HOSTS", []),
        ("KLK_DEMO_ACCOUNTS", True),
        ("KLK_BASE_URL", "http://klk.example.org"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"),
        ("KLK_OPERATOR_NAME", "Beispiel"),
        ("KLK_OPERATOR_ADDRESS", ""),
        ("KLK_OPERATOR_EMAIL", ""),
        ("KLK_OPERATOR_AUTHORITY", ""),
        ("KLK_OPERATOR_ARBITRATION", ""),
    ],
)
def test_each_insecure_value_is_named(name, value):
    (message,) = refused(**{name: value})

    named = "EMAIL_URL" if name == "EMAIL_BACKEND" else name
    assert named in message


def test_demo_may_have_them_all():
    assert refused(KLK_ENVIRONMENT="demo", DEBUG=True, SECRET_KEY="known") == []


@pytest.mark.parametrize("command", [["-c", "import klk_site.wsgi"], ["manage.py", "check"]])
def test_neither_web_server_nor_check_pass(command):
    surroundings = os.environ | {
        "KLK_ENVIRONMENT": "production",
        "DJANGO_SETTINGS_MODULE": "klk_site.settings",
        "KLK_BASE_URL": "http://klk.example.org",
        "ALLOWED_HOSTS": "*",
        "DEBUG": "1",
        "KLK_DEMO_ACCOUNTS": "1",
        "EMAIL_URL": "consolemail://",
    }
    surroundings.pop("SECRET_KEY", None)

    result = subprocess.run(
        [sys.executable, *command], cwd=BASE, env=surroundings, capture_output=True, text=True
    )

    assert result.returncode != 0
    for name in (
        "SECRET_KEY",
        "DEBUG",
        "ALLOWED_HOSTS",
        "KLK_DEMO_ACCOUNTS",
        "KLK_BASE_URL",
        "EMAIL_URL",
        "KLK_OPERATOR_NAME",
        "KLK_OPERATOR_ARBITRATION",
    ):
        assert name in result.stderr
