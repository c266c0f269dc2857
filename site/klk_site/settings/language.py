"""German first: the source texts are German, English is a translation."""

from django.utils.translation import gettext_lazy as _

from klk_site.settings.env import BASE_DIR

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True

TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# How the date picker writes, and understands what is typed: anything else it takes for "now".
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
FORMAT_MODULE_PATH = "klk_site.formats"
