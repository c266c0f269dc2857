"""Heads kept elsewhere and seals find a chain that was recomputed; an export stands alone."""

import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from reversion.models import Revision

from klk_workflow.evidence import export, heads, seals
from klk_workflow.evidence.verification import faults_of, verify_document
from klk_workflow.models import Document, Event


@pytest.fixture
def published(bring, go):
    document = bring("eingereicht")
    go(document, "zuruecknehmen", "nw", remark="Noch ein Satz")
    go(document, "einreichen", "nw")
    go(document, "weitergeben", "pruefung")
    go(document, "freigeben", "freigabe", remark="Sehr gut.")
    go(document, "veroeffentlichen", "redaktion")
    document.refresh_from_db()
    return document


@pytest.fixture
def key(settings):
    settings.KLK_SIGNING_KEY = seals.new_key()
    return settings.KLK_SIGNING_KEY


def recompute(document, seq, **changes):
    """What somebody with the whole database in hand does: change an Event, mend the rest."""
    before = document.events.get(seq=seq).prev
    for event in document.events.filter(seq__gte=seq).order_by("seq"):
        for name, value in changes.items() if event.seq == seq else ():
            setattr(event, name, value)
        event.document = document
        event.prev, event.words_commitment = before, event.commit_words()
        before = event.hash = event.compute_hash()
        event.save()
        document.editions.filter(number=event.edition_number).update(head=before)
    Document.objects.filter(pk=document.pk).update(head=before)


def fault(document):
    return verify_document(Document.objects.get(pk=document.pk))


def test_a_recomputed_chain_is_whole_in_itself_but_not_for_a_list_kept_elsewhere(
    published, tmp_path, capsys
):
    kept = tmp_path / "enden.json"
    call_command("heads", str(kept))
    call_command("verify", heads=[kept])
    call_command("heads", check=kept)
    recompute(published, 3, actor_role="Prüfung")
    assert fault(published) is None
    for command in (["heads", "--check", str(kept)], ["verify", "--heads", str(kept)]):
        with pytest.raises(CommandError):
            call_command(*command)
        assert f"{published.natural_key}, Vorgang 6" in capsys.readouterr().err


def test_an_end_cut_off_is_found_by_a_list(published, tmp_path, go):
    go(published, "neue_fassung", "nw", remark="Neu")
    kept = heads.read(heads.write())
    last = published.events.get(seq=7)
    last.mails.all().delete()
    last.name.delete()
    Event.objects.filter(pk=last.pk)._raw_delete("default")
    Revision.objects.filter(pk=last.revision_id).delete()
    Document.objects.filter(pk=published.pk).update(
        event_count=6, head=last.prev, state="veroeffentlicht", updated_at=published.updated_at
    )
    assert fault(published) is None
    assert [f.seq for f in heads.faults(kept)] == [7]


def test_what_happens_after_a_list_is_no_difference(published, go):
    kept = heads.read(heads.write())
    go(published, "neue_fassung", "nw", remark="Neu")
    assert list(heads.faults(kept)) == []


def test_a_recomputed_chain_is_found_with_the_key_alone(key, published):
    assert all(published.events.values_list("seal", flat=True))
    assert fault(published) is None
    recompute(published, 3, actor_role="Prüfung")
    assert fault(published).seq == 3


def test_the_public_key_is_enough_to_verify(key, published, settings):
    public = seals.public_key()
    settings.KLK_SIGNING_KEY, settings.KLK_PUBLIC_KEYS = "", [public]
    assert fault(published) is None
    settings.KLK_PUBLIC_KEYS = [public[:-2] + "00"]
    assert fault(published).seq == 1


def test_a_key_set_later_seals_what_is_whole_and_nothing_else(published, settings, capsys):
    with pytest.raises(CommandError, match="KLK_SIGNING_KEY"):
        call_command("seal")
    settings.KLK_SIGNING_KEY = seals.new_key()
    assert fault(published).seq == 1
    Event.objects.filter(seq=2).update(actor_role="Prüfung")
    with pytest.raises(CommandError):
        call_command("seal")
    assert not Event.objects.exclude(seal="").exists()
    Event.objects.filter(seq=2).update(actor_role="Mitglied")
    call_command("seal")
    assert "6 Vorgänge versiegelt" in capsys.readouterr().out
    assert fault(published) is None


def test_a_list_says_who_made_it_and_a_changed_one_is_refused(key, published):
    said = json.loads(heads.write())
    assert (said["heads"][0]["key"], said["heads"][0]["seq"]) == (published.natural_key, 6)
    said["heads"][0]["head"] = "0" * 64
    with pytest.raises(heads.NotAList):
        heads.read(json.dumps(said))
    unsigned = said | {"signature": "", "public_key": ""}
    with pytest.raises(heads.NotAList):
        heads.read(json.dumps(unsigned))
    with pytest.raises(heads.NotAList):
        heads.read("{}")


def test_a_list_for_the_public_names_no_draft(bring, go):
    document = bring("eingereicht")
    assert document.natural_key in heads.write()
    assert document.natural_key not in heads.write(published_only=True)


def test_a_new_key_is_one(capsys, settings):
    call_command("heads", new_key=True)
    settings.KLK_SIGNING_KEY = capsys.readouterr().out.strip()
    assert len(seals.public_key()) == 64


def write(path, *keys):
    call_command("export", *(keys or ("--all",)), str(path))
    return list(export.read(path))


def test_an_export_verifies_without_the_database(
    published, tmp_path, django_assert_num_queries, capsys
):
    path = tmp_path / "alles.zip"
    (found,) = write(path, published.natural_key)
    with django_assert_num_queries(0):
        assert faults_of(found) is None
    call_command("verify", export=path)
    assert "1 Dokument geprüft" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sehr gut.", "Sehr schlecht."),
        ("Beispieltext", "Anderer Text"),
        ('"state": "veroeffentlicht"', '"state": "archiviert"'),
        ("Stelle ohne Land", "Stelle mit Land"),
    ],
)
def test_a_changed_export_is_found(published, tmp_path, before, after):
    path, changed = tmp_path / "alles.zip", tmp_path / "anders.zip"
    write(path)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            data = source.read(name).decode()
            target.writestr(name, data.replace(before, after))
    with pytest.raises(CommandError):
        call_command("verify", export=changed)


def test_what_is_no_export_is_said(tmp_path):
    (tmp_path / "x.zip").write_text("nichts")
    with pytest.raises(CommandError, match="keine Ausfuhr"):
        call_command("verify", export=tmp_path / "x.zip")


def test_commands_name_what_they_do_not_find(published, tmp_path):
    for command in (["verify", "nie:da"], ["export", "nie:da", str(tmp_path / "x.zip")]):
        with pytest.raises(CommandError):
            call_command(*command)


def test_a_text_without_event_is_found(published):
    Revision.objects.create(date_created=published.created_at, comment="")
    assert fault(published) is None
    with pytest.raises(CommandError):
        call_command("verify")


def test_rows_that_say_nothing_any_more_are_a_fault_and_no_crash(published):
    Document.objects.update(type_key="nie")
    assert "passen nicht zu den Vorgängen" in str(fault(published))
