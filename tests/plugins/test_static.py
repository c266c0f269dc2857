"""`make run` collects what a plugin brings for browsers."""

from tests.plugins.packages import ROOT, offer, with_packages

COLLECT = f"""
import sys
from pathlib import Path
import django
from django.conf import settings
build, static = map(Path, sys.argv[1:])
settings.STATIC_ROOT = build / "collected"
django.setup()
sys.path.insert(0, "{ROOT / "scripts"}")
import run
run.BUILD = build
run.collect()
print("--")
(static / "bunt.css").write_text("main {{ color: red; }}")
run.collect()
print("--")
run.collect()
"""


def test_what_a_plugin_brings_for_browsers_is_collected_when_it_changes(tmp_path):
    packages, build = tmp_path / "packages", tmp_path / "build"
    packages.mkdir()
    offer(packages, "bunt")
    static = packages / "klk_bunt" / "static" / "klk_bunt"
    static.mkdir(parents=True)
    out, _log = with_packages(packages, "-c", COLLECT, str(build), str(static))
    first, changed, same = out.split("--\n")
    assert "sammeln" in first
    assert "sammeln" in changed
    assert same == ""
    assert (build / "collected" / "klk_bunt" / "bunt.css").exists()
