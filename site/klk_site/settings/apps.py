"""What the site consists of."""

from klk_site.settings.env import BASE_DIR, VAR_DIR, env
from klk_workflow.extending import finding

# The plugins that come with the software; empty: the engine alone.
BUILT_IN = env.list("KLK_BUILT_IN_PLUGINS", default=["laenderbericht", "aktionsplan"])
PLUGINS = [f"klk_workflow.plugins.{name}" for name in BUILT_IN]

# Those of other distributions (entry points "klk_workflow.plugins"); one with an error is left out.
KLK_PLUGINS = finding.plugins(VAR_DIR / "plugins.json", "klk_site.settings")

INSTALLED_APPS = [
    "klk_site",
    "home",
    "home.search",
    "klk_workflow",
    *PLUGINS,
    *[plugin.app for plugin in KLK_PLUGINS if not plugin.error],
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.locales",
    "wagtail.sites",
    "klk_site.users_app.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "reversion",
    "allauth",
    "allauth.account",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "home.cache.page_cache",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "klk_site.ranges.byte_ranges",
    "csp.middleware.CSPMiddleware",
    "klk_site.middleware.member_area_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "klk_workflow.extending.isolation.PluginFaults",
]

ROOT_URLCONF = "klk_site.urls"
WSGI_APPLICATION = "klk_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# Search index and references are brought up to date within the request that changes something.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# What the worker does for the website, besides the engine's own steps.
KLK_WORKER_STEPS = ["home.search.healing.heal"]
