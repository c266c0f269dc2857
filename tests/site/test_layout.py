"""The folder `site/` does not get in the way of Python's own module of that name."""

import site
import sysconfig


def test_pythons_site_module_is_untouched():
    assert site.__file__ == f"{sysconfig.get_path('stdlib')}/site.py"
