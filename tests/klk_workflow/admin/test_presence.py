"""Who else is writing here: told to those who may write, and to nobody else."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from klk_workflow import clock
from klk_workflow.admin.writing import presence
from klk_workflow.models import Section
from tests.klk_workflow.admin.conftest import at, text_of
from tests.world import PLAN, REPORT, World

SAME = "hat „{}“ gerade auch offen."
OTHER = "schreibt gerade in „{}“."


@pytest.fixture
def world(db) -> World:
    world = World()
    for who, name in (("nw", "Anna"), ("nw2", "Berta")):
        user = world.people[who]
        user.first_name, user.last_name = name, "Beispiel"
        user.save()
    return world


@pytest.fixture
def document(world):
    return world.document(REPORT)


@pytest.fixture
def sections(document):
    return list(Section.objects.filter(document=document).order_by("position")[:2])


@pytest.fixture
def browsers(world):
    made = {who: Client() for who in world.people}
    for who, browser in made.items():
        browser.force_login(world.people[who])
    return made


def page(section):
    return at("teil", section.document_id, section.kind, section.pk)


def sign(browser, section, **more):
    return browser.post(at("anwesend", section.document_id), {"here": page(section), **more})


def said(answer):
    return answer.content.decode()


def test_who_opens_the_same_section_is_named_with_it(browsers, sections):
    browsers["nw"].get(page(sections[0]))
    shown = text_of(browsers["nw2"].get(page(sections[0])))
    assert f"Anna Beispiel {SAME.format(sections[0].label)}" in shown
    answer = said(sign(browsers["nw"], sections[0]))
    assert f"Berta Beispiel {SAME.format(sections[0].label)}" in answer
    assert "Anna" not in answer


def test_who_is_in_another_section_is_named_with_that_one(browsers, sections):
    sign(browsers["nw"], sections[0])
    answer = said(sign(browsers["nw2"], sections[1]))
    assert f"Anna Beispiel {OTHER.format(sections[0].label)}" in answer
    assert "offen" not in answer


def test_two_who_add_a_row_each_do_not_meet_in_it(world, browsers):
    plan = world.document(PLAN)
    new = at("teil_neu", plan.pk, next(kind.kind for kind in plan.type.parts if kind.addable))
    browsers["nw"].get(new)
    shown = text_of(browsers["nw2"].get(new))
    assert "Anna Beispiel schreibt gerade auch in diesem Dokument." in shown
    assert "auch offen" not in shown


def test_who_closes_the_page_is_gone(browsers, sections):
    sign(browsers["nw"], sections[0])
    assert sign(browsers["nw"], sections[0], gone="").status_code == 204
    assert "Anna" not in said(sign(browsers["nw2"], sections[0]))


def test_who_gives_no_sign_is_gone_after_a_while_though_others_go_on(browsers, sections):
    now = clock.now()
    with clock.at(now):
        sign(browsers["nw"], sections[0])
    with clock.at(now + timedelta(seconds=presence.STAYS - 1)):
        assert "Anna" in said(sign(browsers["nw2"], sections[0]))
    with clock.at(now + timedelta(seconds=presence.STAYS + 1)):
        assert "Anna" not in said(sign(browsers["nw2"], sections[0]))


def test_saving_is_a_sign_too(browsers, sections):
    data = {"visibility": "internal", "seen_version": sections[0].version}
    assert browsers["nw"].post(page(sections[0]), data).status_code == 302
    assert "Anna" in said(sign(browsers["nw2"], sections[0]))


def test_whoever_may_not_write_meets_nobody(world, browsers, document, sections):
    sign(browsers["nw"], sections[0])
    for who in ("by", "pruefung", "freigabe", "redaktion", "admin"):
        assert sign(browsers[who], sections[0]).status_code == 404, who
    world.do(document, "einreichen", "nw")
    for who in world.people:
        assert sign(browsers[who], sections[0]).status_code == 404, who
    answer = Client().post(at("anwesend", document.pk), {"here": page(sections[0])})
    assert answer.status_code == 302


def test_an_address_that_is_none_tells_nothing(browsers, sections):
    foreign = at("anwesend", sections[0].document_id)
    browsers["nw"].post(foreign, {"here": "<script>" + "x" * 5000})
    answer = said(sign(browsers["nw2"], sections[0]))
    assert "Anna Beispiel schreibt gerade auch in diesem Dokument." in answer
    assert "script" not in answer


def test_nothing_is_kept_but_for_a_moment(browsers, document, sections, monkeypatch):
    kept = {}
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: kept.update({key: timeout}))
    sign(browsers["nw"], sections[0])
    assert kept[f"klk-writing:{document.pk}"] == presence.STAYS
