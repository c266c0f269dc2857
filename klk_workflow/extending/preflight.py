"""`python -m klk_workflow.extending.preflight`: starts the site with the plugins on trial.

The last line on the error stream says why not. `finding` runs this in a process of its own, so
that nothing a plugin does while it is imported reaches the site.
"""

import os
import sys

import django
from django.core.checks import ERROR, run_checks
from django.db.migrations.loader import MigrationLoader

from klk_workflow.extending.finding import TRIED


def main() -> None:
    """Import everything, addresses and migrations too, and check what the plugins declare."""
    django.setup()
    MigrationLoader(None)
    found = run_checks(tags=["klk_workflow", "models", "urls"])
    errors = [message for message in found if message.level >= ERROR]
    if errors:
        sys.exit(" ".join(f"{message.id}: {message.msg}" for message in errors))


if __name__ == "__main__":
    os.environ.setdefault(TRIED, "")
    main()
