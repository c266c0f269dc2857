"""The door for web servers. It stays shut while a production setting is insecure."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from klk_site.refusals import insecure_values

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klk_site.settings")

if found := list(insecure_values(settings)):
    raise ImproperlyConfigured("Start verweigert (docs/settings.md): " + "; ".join(found))

application = get_wsgi_application()
