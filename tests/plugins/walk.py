"""Run as a program: migrate an empty database, then go through the site with its plugins."""

import json
import sys

import django
from django.core.management import call_command


def main(keys: list[str]) -> None:
    """Say as JSON what a member met, with documents of these types."""
    django.setup()
    call_command("check")
    call_command("migrate", verbosity=0)

    from django.test import Client

    from klk_workflow import testing
    from klk_workflow.extending import isolation
    from klk_workflow.roles import MITGLIED

    people = testing.conference()
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(people[MITGLIED])
    documents = {key: testing.begin(key, people) for key in keys}
    published = []
    for document in documents.values():
        try:
            published.append(testing.publish(document, people).type_key)
        except ZeroDivisionError:
            continue
    start = client.get("/admin/")
    own_page = client.get(f"/admin/dokumente/{documents[keys[0]].pk}/schreiben/")
    print(
        json.dumps(
            {
                "start": start.status_code,
                "menu": start.content.decode(),
                "published": published,
                "path": documents[keys[0]].path,
                "own_page": own_page.status_code,
                "fault": (isolation.last_fault(f"klk_{keys[0]}") or {}).get("error", ""),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
