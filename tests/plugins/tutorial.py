"""What docs/plugins.md says: its files, and the commands between them."""

import re
from pathlib import Path

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "plugins.md"
_BLOCK = re.compile(r"^```\w+ file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def files() -> dict[str, str]:
    """The text of each file that the tutorial writes, by its path in the package."""
    return dict(_BLOCK.findall(TUTORIAL.read_text()))


def commands() -> list[str]:
    """Every command line, in order."""
    found = _COMMANDS.findall(TUTORIAL.read_text())
    return [line for block in found for line in block.splitlines()]
