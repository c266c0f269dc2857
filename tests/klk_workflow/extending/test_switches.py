"""A plugin switched off, taken away, or removed: what of it stays, and what ends."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from klk_workflow.evidence.verification import verify_document
from klk_workflow.extending import panel, switches
from klk_workflow.models import Document, Event
from klk_workflow.perform import perform
from klk_workflow.refusals import NotAllowed
from klk_workflow.registry import registry
from tests.world import PLAN, REPORT

DOCUMENT_TYPE = registry.get(REPORT)
APP = DOCUMENT_TYPE.app_label


@pytest.fixture
def published(bring):
    return bring("veroeffentlicht")


@pytest.fixture
def switched_off(db):
    switches.switch(APP, is_on=False, by="Administration")


@pytest.fixture
def gone(published, monkeypatch):
    """The package is no longer there."""
    monkeypatch.delitem(registry._types, DOCUMENT_TYPE.key)
    return published


def test_switched_off_nothing_can_be_begun_and_it_is_in_no_list(switched_off, as_):
    member = as_("nw")
    assert f"/admin/dokumente/{REPORT}/" not in member.get("/admin/").content.decode()
    assert member.get(reverse("dokumente:liste", args=[REPORT])).status_code == 404
    assert member.get(reverse("dokumente:neu", args=[REPORT])).status_code == 404
    assert member.get(reverse("dokumente:liste", args=[PLAN])).status_code == 200


def test_switched_off_nothing_is_written_or_decided(draft, people, switched_off, as_):
    member = as_("nw")
    writing = member.get(reverse("dokumente:schreiben", args=[draft.pk]))
    assert writing.url == reverse("dokumente:lesen", args=[draft.pk])
    assert member.get(reverse("dokumente:lesen", args=[draft.pk])).status_code == 200
    with pytest.raises(NotAllowed):
        perform(draft, "einreichen", by=people["nw"], seen_digest=draft.digest)
    switches.switch(APP, is_on=True, by="Administration")
    perform(draft, "einreichen", by=people["nw"], seen_digest=draft.digest)


def test_switched_off_fassungen_and_history_stay_readable(published, switched_off, as_, client):
    assert client.get(f"/{published.path}/").status_code == 200
    assert client.get(f"/{published.path}/fassung/1/inhalt.json").status_code == 200
    assert (
        str(DOCUMENT_TYPE.label_plural) not in client.get("/berichte-und-plaene/").content.decode()
    )
    assert as_("nw").get(reverse("dokumente:verlauf", args=[published.pk])).status_code == 200
    assert verify_document(published) is None


def test_without_its_package_fassungen_stay_at_their_address(gone, client, as_):
    path = f"{DOCUMENT_TYPE.slug}/nw/2026-2"
    page = client.get(f"/{path}/")
    assert page.status_code == 200
    assert gone.title in page.content.decode()
    assert client.get(f"/{path}/fassung/1/").status_code == 200
    assert client.get(f"/{DOCUMENT_TYPE.slug}/").status_code == 200
    for who in ("nw", "admin", "redaktion"):
        assert as_(who).get("/admin/").status_code == 200
        assert as_(who).get(reverse("dokumente:lesen", args=[gone.pk])).status_code == 404
    assert as_("redaktion").get(reverse("dokumente:fassungen")).status_code == 200


def test_without_its_package_changes_to_the_record_are_still_found(gone):
    document = Document.objects.get(pk=gone.pk)
    assert verify_document(document) is None
    document.editions.update(html="<p>Anderes</p>")
    assert "Fassung 1" in str(verify_document(document))
    Event.objects.filter(document=document, seq=2).update(remark="anders")
    assert verify_document(document).seq == 2


def test_the_panel_says_what_is_left_behind(gone, as_):
    page = as_("admin").get(reverse("dokumente:erweiterungen")).content.decode()
    assert f"{DOCUMENT_TYPE.label}: 1 Dokument" in page


def test_removing_is_refused_while_there_are_documents(draft):
    with pytest.raises(CommandError, match=f"{REPORT}:nw:2026-2"):
        call_command("plugin", "uninstall", APP)
    assert Document.objects.count() == 1


def test_the_administration_switches_in_the_panel(as_):
    admin, address = as_("admin"), reverse("dokumente:erweiterungen")
    page = admin.get(address).content.decode()
    assert str(DOCUMENT_TYPE.label_plural) in page
    assert "in Ordnung" in page
    schalten = reverse("dokumente:erweiterung_schalten", args=[APP])
    assert "abgeschaltet" in admin.post(schalten, {"an": "0"}, follow=True).content.decode()
    assert switches.off() == {APP}
    admin.post(schalten, {"an": "1"})
    assert switches.off() == frozenset()
    assert as_("redaktion").post(schalten, {"an": "0"}).status_code == 404
    assert switches.off() == frozenset()


def test_a_plugin_without_its_tables_is_out_of_use_and_says_so(db, monkeypatch, as_):
    waiting = {APP: ["0003_neu"]}
    monkeypatch.setattr(switches, "waiting_migrations", lambda: waiting)
    switches.look_again()
    assert DOCUMENT_TYPE not in switches.active()
    row = next(row for row in panel.rows() if row.app_label == APP)
    assert (row.health, row.tone) == ("wartet auf 1 Migration", "bad")
    monkeypatch.undo()
    switches.look_again()
    assert DOCUMENT_TYPE in switches.active()
