"""Settings of the benchmarks: the real ones, a scratch database, and vanilla Wagtail beside us."""

import os
from pathlib import Path

from klk_site.settings import *

_SCRATCH = Path(os.environ["KLK_BENCH_DIR"])
DATABASES["default"]["NAME"] = str(_SCRATCH / "bench.sqlite3")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(_SCRATCH / "cache"),
    }
}
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
KLK_PRIVATE_ROOT = _SCRATCH / "private"
MEDIA_ROOT = _SCRATCH / "media"
STATIC_ROOT = _SCRATCH / "collected"
INSTALLED_APPS = [*INSTALLED_APPS, "bench.vanilla"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
WAGTAIL_WORKFLOW_ENABLED = True
ALLOWED_HOSTS = ["127.0.0.1"]
