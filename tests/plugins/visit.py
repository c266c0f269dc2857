"""Run as a program: migrate the database, then say as JSON how addresses are answered.

Each argument is an address, or a role and an address: "/suche/", "Mitglied /admin/".
"""

import json
import re
import sys
from html import unescape

import django
from django.core.management import call_command


def main(visits: list[str]) -> None:
    """Print the types in use, and by visit the status and the words of the page."""
    django.setup()
    call_command("migrate", verbosity=0)

    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.test import Client

    from klk_workflow.extending import switches

    met = {}
    for visit in visits:
        role, _space, address = visit.rpartition(" ")
        client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
        if role:
            user, _is_new = get_user_model()._default_manager.get_or_create(username=role)
            user.groups.set(Group.objects.filter(name=role))
            client.force_login(user)
        page = client.get(address)
        words = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())
        met[visit] = [page.status_code, words]
    print(json.dumps({"types": [kind.key for kind in switches.active()], "met": met}))


if __name__ == "__main__":
    main(sys.argv[1:])
