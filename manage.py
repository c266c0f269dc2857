#!/usr/bin/env python
"""Django's command line, with the repository's two source folders on the path."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command that the arguments name."""
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klk_site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
