"""docs/settings.md names every environment variable that is read, and no other."""

import ast
import re
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
READERS = [*(BASE / "site/klk_site/settings").glob("*.py"), *(BASE / "scripts").glob("*.py")]


def variables_read(path):
    """The names in `env.str("NAME")`, `env("NAME")` and `os.environ.get("NAME")`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            caller = ast.unparse(node.func)
            if caller == "env" or re.fullmatch(r"env\.\w+", caller) or caller == "os.environ.get":
                yield node.args[0].value


def test_table_and_code_agree():
    documented = set(
        re.findall(r"^\| `(\w+)`", (BASE / "docs/settings.md").read_text(), re.MULTILINE)
    )
    read = {name for path in READERS for name in variables_read(path)}

    assert read == documented
