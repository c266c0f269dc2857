"""A marked conference, and a browser for everybody, made once for a file."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.template import Template
from django.test import Client

from tests.marking import Marking
from tests.world import make_user


@pytest.fixture(scope="module")
def marking(django_db_setup: None, django_db_blocker: Any) -> Iterator[Marking]:
    """Every type in every state, two people who must not count, and one who belongs to nobody."""
    with django_db_blocker.unblock(), transaction.atomic():
        marking = Marking()
        marking.fill_every_state()
        extra = {"is_superuser": True, "is_staff": True}
        marking.people["super"] = make_user("super", **extra)
        gone = make_user("gegangen", "Prüfung", "Freigabe", office=marking.offices["nw"])
        gone.is_active = False
        gone.save()
        marking.people["gone"] = gone
        yield marking
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(marking: Marking) -> dict[str, Client]:
    """A signed-in browser for each person, and one of a stranger."""
    made = {"stranger": Client()}
    for name, user in marking.people.items():
        made[name] = Client()
        made[name].force_login(user)
    return made


@pytest.fixture
def blank_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything happens but the writing of the page: for hundreds of answers' status alone."""
    monkeypatch.setattr(Template, "render", lambda *_arguments: "")
