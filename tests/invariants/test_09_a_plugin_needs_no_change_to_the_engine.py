"""The engine knows no plugin, and every plugin brings all that the engine asks for."""

import ast
from pathlib import Path

import pytest
from django.core.checks import run_checks

from klk_workflow.models import Document, Part
from klk_workflow.registry import registry
from tests.world import TYPES

ENGINE = Path(__file__).resolve().parents[2] / "klk_workflow"
CODE = [
    path
    for path in sorted(ENGINE.rglob("*"))
    if path.suffix in {".py", ".html", ".txt"}
    and not {"plugins", "data", "migrations"} & set(path.relative_to(ENGINE).parts)
]


@pytest.mark.parametrize("path", [p for p in CODE if p.suffix == ".py"], ids=str)
def test_no_module_of_the_engine_imports_a_plugin(path):
    for node in ast.walk(ast.parse(path.read_text())):
        module = getattr(node, "module", "") or ""
        names = [module, *(alias.name for alias in getattr(node, "names", []))]
        if isinstance(node, ast.Import | ast.ImportFrom):
            assert not any(name.startswith(("klk_workflow.plugins", "home")) for name in names)


def test_no_line_of_the_engine_asks_for_a_certain_type():
    """A type's key or slug in the engine's code would be a branch made for it."""
    for path in CODE:
        if path.suffix == ".py":
            texts = {
                node.value
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
            assert not texts & set(TYPES), path


def test_every_type_brings_what_it_names():
    assert not run_checks(tags=["klk_workflow"])
    for document_type in registry:
        assert issubclass(document_type.model, Document)
        assert all(issubclass(part, Part) for part in document_type.parts)
        assert set(document_type.part_forms) <= {part.kind for part in document_type.parts}


def test_a_natural_key_is_taken_once(world, type_key):
    first = world.start(type_key)
    again = world.start(type_key, "nw2")
    assert first.pk == again.pk
