"""Where everything is kept: database, cache, files, mail, log."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from klk_site.settings.env import BUILD_DIR, IS_HTTPS, KLK_BASE_URL, VAR_DIR, env

VAR_DIR.mkdir(exist_ok=True)

# --- database ------------------------------------------------------------------------------------
DATABASES: dict[str, Any] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'klk.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers do not wait for the writer, writers queue up from the start of their transaction.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = None

# --- cache: shared by all processes, through files or Redis --------------------------------------
CACHES = {"default": env.cache_url("CACHE_URL", default=f"filecache://{VAR_DIR / 'cache'}")}

if CACHES["default"]["BACKEND"].endswith("FileBasedCache"):
    CACHES["default"].setdefault("OPTIONS", {})["MAX_ENTRIES"] = 10_000

# --- files ---------------------------------------------------------------------------------------
# "default" holds the website's pictures and documents. "private" holds the files of documents that
# are still being written: nothing serves it but the engine's guarded view.
MEDIA_URL = "media/"
MEDIA_ROOT = Path(env.str("KLK_MEDIA_ROOT", default=str(VAR_DIR / "media")))
KLK_PRIVATE_ROOT = Path(env.str("KLK_PRIVATE_ROOT", default=str(VAR_DIR / "private")))
STATIC_URL = "static/"
STATIC_ROOT = BUILD_DIR / "collected"
STATICFILES_DIRS = [BUILD_DIR / "static"]
STATICFILES_DIRS[0].mkdir(parents=True, exist_ok=True)

_STATIC_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_S3_BUCKET = env.str("KLK_S3_BUCKET", default="")


def _storage(folder: str, root: Any) -> dict[str, Any]:
    """A file storage: a folder of this machine, or of the S3 bucket if there is one."""
    if not _S3_BUCKET:
        backend = "django.core.files.storage.FileSystemStorage"
        return {"BACKEND": backend, "OPTIONS": {"location": str(root)}}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": _S3_BUCKET,
            "endpoint_url": env.str("KLK_S3_ENDPOINT_URL", default="") or None,
            "region_name": env.str("KLK_S3_REGION", default="") or None,
            "access_key": env.str("KLK_S3_ACCESS_KEY", default="") or None,
            "secret_key": env.str("KLK_S3_SECRET_KEY", default="") or None,
            "location": folder,
            # Addresses stay on this site (public pages ask no other host); see urls.py.
            "custom_domain": urlsplit(KLK_BASE_URL).netloc,
            "url_protocol": "https:" if IS_HTTPS else "http:",
            "file_overwrite": False,
        },
    }


STORAGES = {
    "default": _storage("media", MEDIA_ROOT),
    "private": _storage("private", KLK_PRIVATE_ROOT),
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}

# --- mail ----------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = EMAIL_CONFIG.get("EMAIL_FILE_PATH") or None
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("KLK_MAIL_FROM", default="klk@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- log: what went wrong, and no line that names an address of a reader -------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "klk_workflow": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django_tasks": {"level": "WARNING"},
    },
}
