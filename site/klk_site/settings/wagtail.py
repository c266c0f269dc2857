"""Wagtail: the member area and the website's pages."""

from klk_site.settings.env import KLK_BASE_URL

WAGTAIL_SITE_NAME = "KLK"
WAGTAILADMIN_BASE_URL = KLK_BASE_URL
WAGTAIL_CONTENT_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch"), ("en", "English")]
WAGTAIL_I18N_ENABLED = True
# All sixteen Länder are in one time zone; dates mean the same to everybody.
WAGTAIL_USER_TIME_ZONES = ["Europe/Berlin"]

# Nothing calls another host.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

# For the website's pages only: who may not publish asks Redaktion to. Documents are no pages; they
# have the engine's workflow. Text that changed after it was approved is looked at again.
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True

# One login: allauth's. Wagtail's own is closed in klk_site.urls.
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False

WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "csv", "docx", "epub", "ics", "mp3", "mp4", "odp", "ods", "odt", "pdf", "pptx", "vtt", "webm",
    "xlsx", "zip",
]  # fmt: skip
# Films play in the page; they cannot carry scripts.
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf", "video/mp4", "video/webm", "text/vtt"]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "german"},
}

# An address can be typed, printed and mailed everywhere: ä becomes ae, as in every German address.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
