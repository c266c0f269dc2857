"""The locks name exact packages by hash, and no machine's own registry."""

import json
import re
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_only_pinned_packages_with_hashes(name):
    text = (BASE / name).read_text()
    entries = re.split(r"\n(?=[a-z])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).strip())

    assert all(re.match(r"[\w.-]+(\[[\w,]+\])?==\S+", entry) for entry in entries)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert not re.search(r"^\s*-(-index|-extra|-find|i |f )", text, re.MULTILINE)


def test_npm_lock_names_no_registry():
    packages = json.loads((BASE / "package-lock.json").read_text())["packages"]

    assert not [name for name, package in packages.items() if "resolved" in package]
    assert all("integrity" in package for name, package in packages.items() if name)


def test_tests_and_site_use_the_same_versions():
    def pins(name):
        return set(re.findall(r"^([\w.-]+==[^ ;\\]+)", (BASE / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")
