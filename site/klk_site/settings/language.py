"""German first: the source texts are German, English is a translation."""

from django.utils.translation import gettext_lazy as _

from klk_site.settings.env import BASE_DIR

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True

TIME_ZONE = "Europe/Berlin"
USE_TZ = True
