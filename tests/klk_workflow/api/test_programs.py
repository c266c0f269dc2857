"""A program reads, writes and acts in the name of a person."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken

from klk_workflow import clock
from klk_workflow.automation.forgetting import forget_requests
from klk_workflow.evidence.verification import verify_document
from klk_workflow.extending import switches
from klk_workflow.management.commands import worker
from klk_workflow.models import Event, IdempotentRequest, Section, TokenScopes
from klk_workflow.registry import registry
from tests.world import REPORT

PROBLEM = "application/problem+json"


@pytest.fixture
def program(people):
    """A function that gives the program of a person, with these scopes."""

    def make(name, *scopes, days=1):
        token, secret = APIToken.create_token(user=people[name], name="Akte NRW")
        expires = timezone.now() + timedelta(days=days)
        TokenScopes.objects.create(token=token, scopes=scopes, expires_at=expires)
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return make


def act(client, document, action, *, digest=None, key="", **said):
    headers = {"If-Match": f'"{digest or document.digest}"'}
    if key:
        headers["Idempotency-Key"] = key
    address = f"/api/v1/documents/{document.pk}/transitions/{action}"
    return client.post(address, said, "application/json", headers=headers)


def test_a_report_goes_its_way_by_programs_alone(bring, program):
    document = bring("entwurf")
    for action, who in (
        ("einreichen", "nw"),
        ("weitergeben", "pruefung"),
        ("freigeben", "freigabe"),
        ("veroeffentlichen", "redaktion"),
    ):
        client = program(who, "read", "act")
        seen = client.get(f"/api/v1/documents/{document.pk}")
        assert seen["ETag"] == f'"{document.digest}"'
        ways = client.get(f"/api/v1/documents/{document.pk}/transitions").json()
        assert not next(way for way in ways if way["action"] == action)["reasons"]
        answer = act(client, document, action)
        assert answer.status_code == 200, answer.content
        document.refresh_from_db()
        assert answer.json()["hash"] == document.head
    assert document.state == "veroeffentlicht"
    assert set(document.events.values_list("channel", flat=True)) == {"api"}
    assert verify_document(document) is None
    editions = client.get(f"/api/v1/documents/{document.pk}/editions").json()
    assert client.get(editions[0]["url"]).status_code == 200


def test_another_text_than_the_one_seen_is_refused(bring, program):
    document = bring("geprueft")
    answer = act(program("freigabe", "act"), document, "freigeben", digest="0" * 64)
    assert (answer.status_code, answer["Content-Type"]) == (412, PROBLEM)
    assert answer.json()["type"] == "urn:klk:problem:content-changed"
    document.refresh_from_db()
    assert document.state == "geprueft"


def test_without_a_condition_nothing_is_decided(bring, program):
    document = bring("geprueft")
    address = f"/api/v1/documents/{document.pk}/transitions/freigeben"
    answer = program("freigabe", "act").post(address, {}, "application/json")
    assert answer.status_code == 428


def test_the_same_key_acts_once_and_answers_the_same(bring, program):
    document = bring("veroeffentlicht")
    client = program("nw", "act")
    first = act(client, document, "neue_fassung", key="k-1", remark="Neue Zahlen")
    again = act(client, document, "neue_fassung", key="k-1", remark="Neue Zahlen")
    other = act(client, document, "neue_fassung", key="k-1", remark="Anderes")
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert (other.status_code, other.json()["type"]) == (422, "urn:klk:problem:key-reused")
    assert Event.objects.filter(document_id=document.pk, action="neue_fassung").count() == 1


def test_what_was_refused_may_be_tried_again_under_its_key(bring, program):
    document = bring("eingereicht")
    client = program("pruefung", "act")
    refused = act(client, document, "ueberarbeitung_anfordern", key="k")
    assert (refused.status_code, refused.json()["detail"]) == (
        422,
        "Bitte schreiben Sie eine Bemerkung dazu.",
    )
    mended = act(client, document, "ueberarbeitung_anfordern", key="k", remark="Bitte ergänzen.")
    assert mended.status_code == 200


@pytest.mark.parametrize(
    ("scopes", "days", "status"), [(["read"], 1, 403), (["act"], 1, 200), (["act"], -1, 401)]
)
def test_a_token_does_what_its_scopes_say_while_it_holds(bring, program, scopes, days, status):
    document = bring("entwurf")
    assert act(program("nw", *scopes, days=days), document, "einreichen").status_code == status


def test_a_token_of_wagtail_without_scopes_opens_nothing(bring, people):
    _token, secret = APIToken.create_token(user=people["nw"], name="x")
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    assert client.get(f"/api/v1/documents/{bring('entwurf').pk}").status_code == 401


def test_a_section_is_written_on_the_version_that_was_read(bring, program):
    document = bring("entwurf")
    section = Section.objects.filter(document=document).first()
    client = program("nw", "read", "write")
    address = f"/api/v1/documents/{document.pk}/sections/{section.key}"
    html = "<h2>Neu</h2><p>Text <script>x</script></p>"

    def put(version):
        headers = {"If-Match": f'"{version}"'}
        return client.put(address, {"html": html}, "application/json", headers=headers)

    answer = put(section.version)
    assert answer.status_code == 200, answer.content
    assert answer["ETag"] == f'"{section.version + 1}"'
    assert "script" not in str(answer.json()["content"]["body"])
    assert put(section.version).json() == answer.json()  # the same text again changes nothing
    html = "<p>Anderes</p>"
    late = put(section.version)
    assert (late.status_code, late.json()["type"]) == (412, "urn:klk:problem:part-changed")


def test_what_has_not_the_right_form_is_told(bring, program):
    document = bring("entwurf")
    answer = act(program("nw", "act"), document, "einreichen", unknown=1)
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert answer.json()["fields"][0]["at"][-1] == "unknown"


def test_the_list_is_paged_and_filtered_in_constant_queries(
    bring, program, django_assert_num_queries
):
    client = program("nw", "read")
    bring("entwurf")
    client.get("/api/v1/documents")
    with django_assert_num_queries(7):
        page = client.get("/api/v1/documents", {"state": "entwurf", "land": "nw"}).json()
    assert (page["count"], page["next"]) == (1, None)
    assert client.get("/api/v1/documents", {"state": "freigegeben"}).json()["count"] == 0


def test_the_description_names_every_address(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert "/api/v1/documents/{pk}/transitions/{action}" in paths
    assert paths["/api/v1/types"]["get"]["security"]


class TestOwnTokens:
    """The page on which one makes and ends them."""

    def test_the_secret_is_shown_once_and_opens_what_was_chosen(self, bring, people, client):
        client.force_login(people["nw"])
        page = client.post(
            "/admin/dokumente/zugaenge/", {"name": "Akte", "scopes": ["read"], "days": "30"}
        )
        secret = page.context["secret"]
        assert secret in page.content.decode()
        assert secret not in client.get("/admin/dokumente/zugaenge/").content.decode()
        program = Client(headers={"Authorization": f"Bearer {secret}"})
        address = f"/api/v1/documents/{bring('entwurf').pk}"
        assert program.get(address).status_code == 200
        rights = TokenScopes.objects.get()
        client.post(f"/admin/dokumente/zugaenge/{rights.pk}/beenden/")
        assert program.get(address).status_code == 401

    def test_nobody_ends_or_sees_the_token_of_another(self, program, people, client):
        program("nw", "read")
        client.force_login(people["admin"])
        assert "Akte NRW" not in client.get("/admin/dokumente/zugaenge/").content.decode()
        rights = TokenScopes.objects.get()
        assert client.post(f"/admin/dokumente/zugaenge/{rights.pk}/beenden/").status_code == 404

    def test_a_form_without_rights_comes_back_filled(self, people, client):
        client.force_login(people["nw"])
        page = client.post("/admin/dokumente/zugaenge/", {"name": "Akte", "days": "30"})
        assert page.status_code == 422
        assert "Bitte wählen Sie mindestens ein Recht aus." in page.content.decode()
        assert 'value="Akte"' in page.content.decode()


def test_an_answer_is_kept_for_a_day_and_then_forgotten(bring, program):
    document, client = bring("eingereicht"), program("pruefung", "act")
    assert act(client, document, "weitergeben", key="a").status_code == 200
    made = IdempotentRequest.objects.get().created_at
    with clock.at(made + timedelta(hours=23)):
        assert forget_requests() == 0
    assert act(client, document, "weitergeben", key="a").status_code == 200
    with clock.at(made + timedelta(hours=25)):
        assert forget_requests() == 1
    assert not IdempotentRequest.objects.exists()
    assert forget_requests in worker.STEPS


def test_a_type_that_is_switched_off_is_not_among_the_types(people, program):
    client = program("nw", "read")
    assert REPORT in [kind["key"] for kind in client.get("/api/v1/types").json()]
    switches.switch(registry.get(REPORT).app_label, is_on=False, by="Administration")
    assert REPORT not in [kind["key"] for kind in client.get("/api/v1/types").json()]
