"""Run as a program: migrate an empty database, then go through a site without any document type."""

import json
import re
from html import unescape

import django
from django.core.management import call_command

PUBLIC = ("/", "/berichte-und-plaene/", "/laender/", "/suche/?q=bericht", "/feed/", "/sitemap.xml")


def main() -> None:
    """Say as JSON how each page was answered, and in which words."""
    django.setup()
    call_command("check", fail_level="WARNING")
    call_command("migrate", verbosity=0)

    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.test import Client
    from django.urls import reverse

    from klk_workflow.registry import registry
    from klk_workflow.roles import ADMINISTRATION, MITGLIED

    inside = [reverse("wagtailadmin_home")]
    inside += [reverse(f"dokumente:{name}") for name in ("erweiterungen", "gliederungen", "rollen")]
    users = get_user_model()._default_manager
    met = {}
    for role, addresses in (("", PUBLIC), (MITGLIED, inside[:1]), (ADMINISTRATION, inside)):
        client = Client(HTTP_HOST="127.0.0.1")
        if role:
            user = users.create_user(role)
            user.groups.set(Group.objects.filter(name=role))
            client.force_login(user)
        for address in addresses:
            page = client.get(address)
            words = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())
            met[f"{role} {address}".strip()] = [page.status_code, words]
    print(json.dumps({"types": [kind.key for kind in registry], "met": met}))


if __name__ == "__main__":
    main()
