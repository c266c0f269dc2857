"""`python -m bench`: all benchmarks, in a scratch folder that is gone afterwards."""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "site"))


def main() -> None:
    """Make the scratch database, then compare cycles, pages, search, history and verification."""
    with tempfile.TemporaryDirectory(prefix="klk-bench-") as folder:
        os.environ["KLK_BENCH_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        import django

        django.setup()
        from django.core.management import call_command

        from bench import cycle, history, pages, search, verify
        from klk_workflow import reading

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        users = cycle.people()
        cycle.compare(users)
        report = reading.editions(type_key="laenderbericht")[0]
        pages.compare(report.get_absolute_url())
        search.compare()
        verify.compare(history.compare(users))


main()
