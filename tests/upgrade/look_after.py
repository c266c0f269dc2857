"""In a process of its own, after the upgrade: read, compare, take up, verify; as JSON."""

import json

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment

from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import Document

setup_test_environment()
call_command("migrate", verbosity=0)

document = Document.objects.get().specific
browser = Client()
browser.force_login(get_user_model().objects.get(username="Mitglied"))
base = f"/admin/dokumente/{document.pk}/verlauf"


def page(address):
    """The page as HTML, or its status."""
    response = browser.get(f"{base}/{address}")
    return response.content.decode() if response.status_code == 200 else response.status_code


found = {
    "stand": page("1/"),
    "compared": page("vergleich/?von=1&bis=jetzt"),
    "question": page("1/uebernehmen/"),
    "public": browser.get(f"/{document.path}/fassung/1/").content.decode(),
    "fault_before": str(verify_document(document) or ""),
}
seen = browser.get(f"{base}/1/uebernehmen/").context["digest"]
browser.post(f"{base}/1/uebernehmen/", {"seen_digest": seen})
answer = browser.get(f"{base}/")
document.refresh_from_db()
found |= {
    "notes": [str(message) for message in answer.context["messages"]],
    "leitsatz": document.leitsatz,
    "parts": [(part.kind, part.text) for part in document.parts()],
    "fault_after": str(verify_document(Document.objects.get()) or ""),
}
print("FOUND" + json.dumps(found))
