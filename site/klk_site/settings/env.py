"""Where the project lies, and the reader of environment variables (docs/settings.md lists all)."""

from pathlib import Path

from environ import Env

BASE_DIR = Path(__file__).resolve().parent.parent.parent.parent
VAR_DIR = BASE_DIR / "var"
BUILD_DIR = BASE_DIR / "build"

env = Env()

ENVIRONMENTS = ("demo", "production")
KLK_ENVIRONMENT = env.str("KLK_ENVIRONMENT", default="demo")
KLK_BASE_URL = env.str("KLK_BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
IS_HTTPS = KLK_BASE_URL.startswith("https://")
