"""Nothing typed is lost: a conflict shows both texts, and nothing overwrites silently."""

import pytest

from klk_workflow.content.editing import (
    PartChange,
    add_part,
    move_part,
    remove_part,
    save_fields,
    save_part,
    save_parts,
)
from klk_workflow.models import Attachment, Document, Section
from klk_workflow.refusals import Conflict, NotAllowed, WrongState
from tests.world import body


@pytest.fixture
def draft(world, type_key):
    return world.document(type_key)


def sections(document):
    return list(Section.objects.filter(document=document))


def save(world, section, who, words):
    return save_part(
        section,
        by=world.people[who],
        seen_version=section.version,
        changes={"body": body(words)},
    )


def test_two_in_the_same_section_are_shown_both_texts(world, draft):
    mine, theirs = sections(draft)[0], sections(draft)[0]
    save(world, theirs, "nw2", "Text der anderen")
    with pytest.raises(Conflict) as refusal:
        save(world, mine, "nw", "Mein Text")
    assert "Text der anderen" in refusal.value.current.plain_text()
    assert "jemand anderem" in str(refusal.value)
    assert "Text der anderen" in sections(draft)[0].plain_text()


def test_two_in_two_sections_of_one_document_both_win(world, draft):
    one, two = sections(draft)[:2]
    save(world, one, "nw", "Text von A")
    save(world, two, "nw2", "Text von B")
    assert [s.plain_text().strip() for s in sections(draft)[:2]] == ["Text von A", "Text von B"]


def test_saving_several_is_all_or_nothing(world, draft):
    one, two = sections(draft)[:2]
    save(world, sections(draft)[1], "nw2", "Dazwischen")
    changes = [PartChange(p, p.version, {"body": body("Von mir")}) for p in (one, two)]
    with pytest.raises(Conflict) as refusal:
        save_parts(draft, by=world.people["nw"], changes=changes)
    assert "Dazwischen" in refusal.value.current.plain_text()
    assert "Von mir" not in sections(draft)[0].plain_text()


def test_both_typing_the_same_is_no_conflict(world, draft):
    mine, theirs = sections(draft)[0], sections(draft)[0]
    save(world, theirs, "nw2", "Dieselben Worte")
    assert save(world, mine, "nw", "Dieselben Worte").version == theirs.version + 1


def test_other_visibility_meanwhile_is_a_conflict_too(world, draft):
    """Nobody makes a section public that somebody has just marked *nur KLK*, unseen."""
    mine, theirs = sections(draft)[0], sections(draft)[0]
    save_part(
        theirs,
        by=world.people["nw2"],
        seen_version=theirs.version,
        changes={"visibility": "internal"},
    )
    with pytest.raises(Conflict):
        save(world, mine, "nw", "Mein Text")


def test_a_row_removed_meanwhile_is_told(world, draft):
    attachment = world.attach(draft)
    remove_part(attachment, by=world.people["nw2"], seen_version=attachment.version)
    with pytest.raises(Conflict) as refusal:
        save_part(attachment, by=world.people["nw"], seen_version=1, changes={"title": "Umbenannt"})
    assert refusal.value.current is None


def test_a_row_changed_meanwhile_is_not_removed(world, draft):
    attachment = world.attach(draft)
    save_part(attachment, by=world.people["nw2"], seen_version=1, changes={"title": "Umbenannt"})
    with pytest.raises(Conflict):
        remove_part(attachment, by=world.people["nw"], seen_version=1)
    assert Attachment.objects.filter(pk=attachment.pk).exists()


def test_moving_rows_loses_none(world, draft):
    rows = [world.attach(draft, content=str(n)) for n in range(3)]
    move_part(rows[0], by=world.people["nw"], up=False)
    move_part(rows[2], by=world.people["nw2"], up=True)
    move_part(rows[1], by=world.people["nw2"], up=True)
    kept = list(Attachment.objects.filter(document=draft).values_list("pk", "position"))
    assert sorted(pk for pk, _position in kept) == sorted(row.pk for row in rows)
    assert [position for _pk, position in kept] == [1, 2, 3]


def test_own_fields_changed_meanwhile_are_not_overwritten(world, draft):
    texts = [key for key, value in draft.type.example.head.items() if isinstance(value, str)]
    if not texts:
        pytest.skip("this type has no fields of its own")
    name, seen = texts[0], draft.version
    save_fields(draft, by=world.people["nw2"], seen_version=seen, changes={name: "Anders"})
    with pytest.raises(Conflict):
        save_fields(draft, by=world.people["nw"], seen_version=seen, changes={name: "Meins"})
    assert getattr(Document.objects.get(pk=draft.pk).specific, name) == "Anders"


@pytest.mark.parametrize("state", ["eingereicht", "geprueft", "freigegeben", "veroeffentlicht"])
def test_nothing_changes_where_nobody_may_write(world, draft, state):
    attachment = world.attach(draft)
    section = sections(draft)[0]
    world.bring(draft, state)
    by = world.people["nw"]
    acts = [
        lambda: save(world, section, "nw", "Zu spät"),
        lambda: remove_part(attachment, by=by, seen_version=attachment.version),
        lambda: move_part(attachment, by=by, up=True),
        lambda: save_fields(draft, by=by, seen_version=draft.version, changes={}),
        *(
            lambda key=key, values=values: add_part(
                draft, draft.type.part_kind(key), by=by, values=values
            )
            for key, values in draft.type.example.parts
        ),
    ]
    for act in acts:
        with pytest.raises(WrongState):
            act()
    draft.refresh_from_db()
    assert draft.state == state


@pytest.mark.parametrize("who", ["by", "pruefung", "freigabe", "redaktion", "admin"])
def test_nobody_else_writes(world, draft, who):
    section = sections(draft)[0]
    with pytest.raises(NotAllowed):
        save(world, section, who, "Fremde Worte")


def test_a_discarded_fassung_stays_in_the_history(world, type_key):
    from klk_workflow.content.history import snapshot

    document = world.document(type_key, "veroeffentlicht")
    world.do(document, "neue_fassung", "nw", "Neue Zahlen")
    world.change(document, "Verworfene Worte")
    event = world.do(document, "neue_fassung_verwerfen", "nw")
    then = snapshot(document, event.revision_id)
    assert "Verworfene Worte" in then.parts[0].plain_text()
    assert "Verworfene Worte" not in document.parts()[0].plain_text()
