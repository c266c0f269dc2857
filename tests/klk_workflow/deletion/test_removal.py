"""*Inhalt sperren*: asked by one, confirmed by another; afterwards the words are nowhere."""

import gzip
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from klk_workflow import chain, clock
from klk_workflow.automation.outbox import send_waiting
from klk_workflow.content.editing import add_part, save_part
from klk_workflow.content.files import store
from klk_workflow.deletion import removal
from klk_workflow.evidence import heads
from klk_workflow.evidence.verification import verify_document
from klk_workflow.models import (
    Attachment,
    Document,
    Edition,
    Event,
    Remark,
    Removal,
    Section,
)
from klk_workflow.people import person_for
from klk_workflow.perform import perform
from klk_workflow.publication.renditions import make_waiting
from klk_workflow.reading import editions
from klk_workflow.refusals import Blocked, Conflict, NotAllowed, WrongState
from tests.world import PLAN, REPORT, World, body, pdf

SECRET = "Haus Sonnenblick"
STREET = "Geheimweg 17"
REASON = "Eine Schutzadresse ist hineingeraten."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_files_of_others():
    """Files are kept by their digest, and outlive a test."""
    shutil.rmtree(settings.KLK_PRIVATE_ROOT, ignore_errors=True)


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(
        "klk_workflow.publication.renditions.pdf",
        lambda edition: f"%PDF-1.7 {edition.html}".encode(),
    )
    return World()


@pytest.fixture(params=[REPORT, PLAN])
def document(request, world):
    """The words in two Fassungen, files, PDF, remarks, the history and the working copy."""
    found = world.start(request.param)
    world.write(found)
    world.change(found, f"Das {SECRET} liegt im <b>Geheim</b>weg 17.")
    file = store(found, pdf(f"{SECRET}.pdf", SECRET))
    add_part(found, Attachment, by=world.people["nw"], values={"title": "Anlage", "file": file})
    remark(found, f"Steht {STREET} da mit Absicht?")
    world.do(found, "einreichen", "nw", f"Mit {SECRET}")
    for action, who in (
        ("weitergeben", "pruefung"),
        ("freigeben", "freigabe"),
        ("veroeffentlichen", "redaktion"),
    ):
        world.do(found, action, who)
    world.do(found, "neue_fassung", "nw", f"{STREET} soll weg")
    world.change(found, f"Nur noch {SECRET}.")
    world.bring(found, "veroeffentlicht")
    make_waiting()
    assert verify_document(fresh(found)) is None
    return found


def remark(document, text):
    return Remark.objects.create(
        document=document,
        digest="",
        text=text,
        author_id=1,
        author_name="P",
        author_role="Prüfung",
        created_at=clock.now(),
    )


def ask(world, document, who="nw", **changes):
    said = {"reason": REASON, "words": f"{SECRET}\n{STREET}"} | changes
    return removal.ask(document, by=person_for(world.people[who]), **said)


def confirm(world, asked, who="redaktion"):
    return removal.confirm(asked, by=person_for(world.people[who]))


def attachment_hash(document):
    return Attachment.objects.get(document=document).file.sha256


def fresh(document):
    return Document.objects.get(pk=document.pk)


def dump():
    """Every value of every table."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [f"{table}: {value}" for row in cursor.fetchall() for value in row]
    return said


def stored():
    """Every byte of every stored file."""
    for folder in (settings.KLK_PRIVATE_ROOT, settings.MEDIA_ROOT):
        for path in Path(folder).rglob("*"):
            if path.is_file():
                yield path.read_bytes()


def cached():
    """Everything in the cache, in this process's memory or in Redis."""
    kept = cache._cache
    if hasattr(kept, "values"):
        return list(kept.values())
    client = kept.get_client()
    return [client.get(key) for key in client.scan_iter()]


def spelled(text):
    plain = str(text).replace("<b>", "").replace("</b>", "").lower()
    return any(word.lower() in plain for word in (SECRET, STREET))


def test_afterwards_it_is_nowhere(world, document, client, django_capture_on_commit_callbacks):
    assert any(spelled(read(client.get(path))) for path in public_pages(document))
    assert any(spelled(value) for value in dump())
    assert any(SECRET.encode() in data for data in stored())
    with django_capture_on_commit_callbacks(execute=True):
        confirm(world, ask(world, document, files=[attachment_hash(document)]))
    assert [value for value in dump() if spelled(value)] == []
    assert not any(SECRET.encode() in data for data in stored())
    assert not any(spelled(value) for value in cached())
    for who in (None, "nw", "by", "pruefung", "redaktion", "admin"):
        browser = Client()
        if who:
            browser.force_login(world.people[who])
        for path in [*public_pages(document), *(internal_pages(document) if who else [])]:
            assert not spelled(read(browser.get(path))), (who, path)
    send_waiting()
    assert not any(spelled(message.body) for message in mail.outbox)


def read(response):
    """The whole answer; a file is closed after it."""
    data = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers if response.streaming else ():
        close()
    if response.headers.get("Content-Encoding") == "gzip":
        data = gzip.decompress(data)
    return data.decode(errors="replace")


def public_pages(document):
    base = f"/{document.path}/"
    numbered = [f"{base}fassung/{n}/" for n in (1, 2)]
    frozen = [
        f"{page}{name}" for page in numbered for name in ("inhalt.json", "zitat.bib", "fassung.pdf")
    ]
    return ["/", f"/{document.type.slug}/", base, *numbered, *frozen]


def internal_pages(document):
    seqs = range(1, fresh(document).event_count + 1)
    names = ("lesen", "verlauf", "sperren")
    return [
        "/admin/",
        *(reverse(f"dokumente:{name}", args=[document.pk]) for name in names),
        *(reverse("dokumente:stand", args=[document.pk, seq]) for seq in seqs),
    ]


def test_verify_knows_it_as_lawful_and_the_way_goes_on(world, document):
    before = heads.read(heads.write())
    confirm(world, ask(world, document, files=[attachment_hash(document)]))
    assert verify_document(fresh(document)) is None
    assert list(heads.faults(before)) == []
    world.do(document, "neue_fassung", "nw", "Ohne die Adresse")
    world.change(document, "Ganz neu.")
    world.bring(document, "veroeffentlicht")
    assert verify_document(fresh(document)) is None
    assert not Edition.objects.get(document=document, number=3).is_removed


@pytest.mark.parametrize(
    "unlawful",
    [
        lambda d: Edition.objects.filter(document=d, number=1).update(html="", json=""),
        lambda d: Edition.objects.filter(document=d, number=1).update(is_removed=True),
        lambda d: Event.objects.filter(document=d, seq=1).update(remark="", words_salt=""),
        lambda d: Section.objects.filter(document=d).update(body="[]"),
    ],
)
def test_the_same_without_two_persons_stays_a_fault(world, document, unlawful):
    unlawful(document)
    assert verify_document(fresh(document)) is not None


def test_what_was_taken_out_cannot_be_put_back_or_changed_again(world, document):
    old = Edition.objects.get(document=document, number=1)
    confirm(world, ask(world, document))
    Edition.objects.filter(document=document, number=1).update(summary=old.summary)
    assert verify_document(fresh(document)) is not None


def test_the_address_answers_410_with_a_notice_and_lists_do_not_name_it(
    world, document, client, django_capture_on_commit_callbacks
):
    client.get(f"/{document.path}/fassung/1/")
    with django_capture_on_commit_callbacks(execute=True):
        confirm(world, ask(world, document))
    response = client.get(f"/{document.path}/fassung/1/")
    assert response.status_code == 410
    assert "Diese Fassung ist gesperrt" in response.content.decode()
    assert REASON not in response.content.decode()
    assert client.get(f"/{document.path}/fassung/1/inhalt.json").status_code == 410
    assert not editions().filter(document=document).exists()


def test_one_fassung_alone(world, document):
    confirm(world, ask(world, document, words="", editions=[1]))
    removed = Edition.objects.filter(document=document).values_list("number", "is_removed")
    assert sorted(removed) == [(1, True), (2, False)]
    assert verify_document(fresh(document)) is None


def test_a_locked_fassung_is_not_shown_again(world, document):
    confirm(world, ask(world, document, words="", editions=[1]))
    with pytest.raises(Blocked):
        world.do(document, "fassung_wieder_zeigen", "redaktion", "Doch", edition=1)


@pytest.mark.parametrize("state", ["entwurf", "eingereicht", "in_ueberarbeitung", "freigegeben"])
def test_the_text_of_a_draft(world, state):
    document = world.start(REPORT)
    world.write(document)
    world.change(document, f"Das {SECRET}.")
    world.bring(document, state)
    confirm(world, ask(world, document), "admin")
    assert [value for value in dump() if spelled(value)] == []
    assert verify_document(fresh(document)) is None
    text = Section.objects.filter(document=document).order_by("position")[0].plain_text()
    assert text.strip() == "Das [gesperrt]."


def test_the_approved_text_without_it_is_another_and_not_published(world):
    document = world.start(REPORT)
    world.write(document)
    world.change(document, f"Das {SECRET}.")
    world.bring(document, "freigegeben")
    confirm(world, ask(world, document))
    with pytest.raises(Blocked):
        world.do(document, "veroeffentlichen", "redaktion")
    world.do(document, "ueberarbeitung_anfordern", "freigabe", "Bitte neu")
    world.bring(document, "veroeffentlicht")
    assert verify_document(fresh(document)) is None


def test_the_working_copy_stays_if_it_is_not_asked_for(world, document):
    world.do(document, "neue_fassung", "nw", "Neu")
    confirm(world, ask(world, document, in_copy=False))
    first = Section.objects.filter(document=document).order_by("position")[0]
    assert SECRET in first.plain_text()
    assert verify_document(fresh(document)) is None


def test_whoever_has_the_page_open_does_not_save_it_back(world, document):
    world.do(document, "neue_fassung", "nw", "Neu")
    opened = Section.objects.filter(document=document).order_by("position")[0]
    confirm(world, ask(world, document))
    with pytest.raises(Conflict):
        save_part(
            opened,
            by=world.people["nw"],
            seen_version=opened.version,
            changes={"body": body(f"Noch {SECRET}")},
        )


def test_a_decision_on_the_text_of_before_is_refused(world):
    document = world.start(REPORT)
    world.write(document)
    world.change(document, f"Das {SECRET}.")
    world.bring(document, "eingereicht")
    seen = fresh(document).digest
    confirm(world, ask(world, document), "admin")
    with pytest.raises(Exception, match="geändert"):
        perform(document, "weitergeben", by=world.people["pruefung"], seen_digest=seen)


def test_bytes_that_another_document_holds_too_stay_there_and_are_named(
    world, django_capture_on_commit_callbacks
):
    one, two = (world.start(REPORT, nth=n) for n in (0, 1))
    for document in (one, two):
        world.write(document)
        world.attach(document, content=SECRET)
    asked = ask(world, one, words="", files=[attachment_hash(one)])
    from klk_workflow.deletion.takeout import elsewhere

    assert [d.pk for d in elsewhere(one, asked)] == [two.pk]
    with django_capture_on_commit_callbacks(execute=True):
        confirm(world, asked, "admin")
    assert any(SECRET.encode() in data for data in stored())
    with django_capture_on_commit_callbacks(execute=True):
        confirm(world, ask(world, two, words="", files=[attachment_hash(two)]), "admin")
    assert not any(SECRET.encode() in data for data in stored())


def test_bytes_that_could_not_be_deleted_at_once_go_with_the_worker(world, document):
    confirm(world, ask(world, document, files=[attachment_hash(document)]))
    assert any(SECRET.encode() in data for data in stored())
    assert removal.sweep() > 0
    assert removal.sweep() == 0
    assert not any(SECRET.encode() in data for data in stored())


def test_a_picture_goes_from_its_section(world):
    from tests.world import png

    document = world.start(REPORT)
    world.write(document)
    section = Section.objects.filter(document=document).order_by("position")[0]
    file = store(document, png(), picture=True)
    bild = {"datei": file.sha256, "alt": "Haus", "unterschrift": ""}
    save_part(
        section,
        by=world.people["nw"],
        seen_version=section.version,
        changes={"body": [*body("Ein Haus."), ("bild", bild)]},
    )
    world.bring(document, "veroeffentlicht")
    confirm(world, ask(world, document, words="", files=[file.sha256]))
    section.refresh_from_db()
    assert section.file_digests() == []
    assert section.plain_text().strip() == "Ein Haus."
    assert Edition.objects.get(document=document).is_removed
    assert verify_document(fresh(document)) is None


# --- who ----------------------------------------------------------------------------------------


def test_never_the_same_person(world, document):
    for who in ("redaktion", "pruefung", "admin"):
        asked = ask(world, document, who, words="", editions=[1])
        with pytest.raises(NotAllowed):
            confirm(world, asked, who)
    assert Edition.objects.filter(is_removed=True).count() == 0


@pytest.mark.parametrize(
    ("state", "who", "can"),
    [
        ("veroeffentlicht", "by", False),
        ("veroeffentlicht", "pruefung", True),
        ("veroeffentlicht", "freigabe", True),
        ("entwurf", "pruefung", False),
        ("entwurf", "redaktion", False),
        ("entwurf", "admin", True),
        ("eingereicht", "freigabe", True),
    ],
)
def test_who_confirms_meets_the_document_and_answers_for_it(world, state, who, can):
    document = world.document(REPORT, state)
    asked = ask(world, document)
    assert bool(removal.may_confirm(person_for(world.people[who]), asked)) == can


def test_a_superuser_without_role_does_neither(world, document):
    from tests.world import make_user

    boss = person_for(make_user("boss", is_superuser=True, is_staff=True))
    assert removal.may_ask(boss, document) is None
    assert removal.may_confirm(boss, ask(world, document)) is None


def test_mail_goes_to_those_who_may_confirm_and_nobody_learns_of_a_draft(world):
    document = world.document(REPORT, "entwurf")
    send_waiting()
    mail.outbox.clear()
    asked = ask(world, document)
    send_waiting()
    assert [m.to for m in mail.outbox] == [["admin@example.org"]]
    assert reverse("dokumente:sperrung", args=[asked.pk]) in mail.outbox[0].body
    assert SECRET not in mail.outbox[0].body


@pytest.mark.parametrize(
    "changes",
    [
        {"words": "", "editions": []},
        {"words": "abc"},
        {"reason": " "},
        {"reason": f"Weil {SECRET} darin steht"},
    ],
)
def test_what_cannot_be_asked_for(world, document, changes):
    with pytest.raises(Blocked):
        ask(world, document, **changes)
    assert not Removal.objects.exists()


def test_declined_or_taken_back_nothing_is_gone_but_the_words_of_the_request(world, document):
    for who in ("redaktion", "nw"):
        asked = ask(world, document)
        removal.decline(asked, by=person_for(world.people[who]), reason="Ist öffentlich bekannt.")
        asked.refresh_from_db()
        assert asked.words == ""
        with pytest.raises(WrongState):
            confirm(world, asked)
    assert SECRET in Edition.objects.filter(document=document).latest("number").html
    assert verify_document(fresh(document)) is None


def test_the_record_says_who_asked_and_who_confirmed(world, document):
    confirm(world, ask(world, document), "admin")
    done, asked = document.events.order_by("-seq")[:2]
    assert (asked.action, done.action) == ("sperrung_beantragt", "gesperrt")
    assert done.data["asked_by"] == asked.actor_id == world.people["nw"].pk
    assert (done.actor_id, done.actor_role) == (world.people["admin"].pk, "Administration")
    assert str(chain.words(document, done)) == "in Teilen gesperrt"


# --- pages ---------------------------------------------------------------------------------------


def test_the_whole_way_in_the_browser(world, document, client):
    client.force_login(world.people["nw"])
    page = client.get(reverse("dokumente:lesen", args=[document.pk])).content.decode()
    address = reverse("dokumente:sperren", args=[document.pk])
    assert address in page
    data = {"words": f"{SECRET}\n{STREET}", "reason": REASON, "in_copy": "on"}
    response = client.post(address, data, follow=True)
    assert "Vorschlag zurücknehmen" in response.content.decode()
    assert "Endgültig sperren" not in response.content.decode()
    to = response.redirect_chain[-1][0]
    client.post(to, {"tun": "sperren"})
    assert Removal.objects.get().is_open
    client.force_login(world.people["redaktion"])
    assert to in client.get("/admin/").content.decode()
    page = client.get(to).content.decode()
    assert "Endgültig sperren" in page
    assert "Fassung 1" in page
    assert "2 Bemerkungen im Verlauf" in page
    page = client.post(to, {"tun": "sperren"}, follow=True).content.decode()
    assert "Sicherungskopien" in page
    assert not Removal.objects.get().is_open
    assert client.post(to, {"tun": "sperren"}).status_code == 409
    assert to not in client.get("/admin/").content.decode()


def test_what_is_refused_comes_back_filled(world, document, client):
    client.force_login(world.people["nw"])
    address = reverse("dokumente:sperren", args=[document.pk])
    assert client.post(address, {"words": SECRET}).status_code == 422
    response = client.post(address, {"words": "abc", "reason": REASON})
    assert response.status_code == 409
    assert REASON in response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("by", 404), ("admin", 200), ("redaktion", 404)])
def test_strangers_find_neither_page(world, client, who, status):
    document = world.document(REPORT, "entwurf")
    asked = ask(world, document)
    client.force_login(world.people[who])
    for name, pk in (("sperren", document.pk), ("sperrung", asked.pk)):
        assert client.get(reverse(f"dokumente:{name}", args=[pk])).status_code == status


def test_files_are_named_to_readers_only(world, client):
    document = world.document(REPORT, "entwurf")
    world.attach(document)
    address = reverse("dokumente:sperren", args=[document.pk])
    for who, named in (("nw", True), ("admin", False)):
        client.force_login(world.people[who])
        assert ("anlage.pdf" in client.get(address).content.decode()) == named


def test_a_locked_file_answers_410(world, document, client):
    digest = attachment_hash(document)
    confirm(world, ask(world, document, words="", files=[digest]))
    client.force_login(world.people["nw"])
    assert client.get(reverse("dokumente:datei", args=[document.pk, digest])).status_code == 410
