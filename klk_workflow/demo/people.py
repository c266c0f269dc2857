"""The invented people of the demo conference."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from klk_workflow import clock
from klk_workflow.laender import LAENDER
from klk_workflow.models import Membership, Office
from klk_workflow.roles import ADMINISTRATION, FREIGABE, MITGLIED, PRUEFUNG, REDAKTION

#: Who can log in: name, role, key of the office (empty: none).
LOGINS = (
    ("mitglied-nw", MITGLIED, "nw-landeskoordinierungsstelle"),
    ("mitglied-by", MITGLIED, "by-koordinierungsstelle"),
    ("mitglied-by-2", MITGLIED, "by-lako"),
    ("pruefung", PRUEFUNG, "th-koordinierungsstelle"),
    ("freigabe", FREIGABE, "he-lks"),
    ("freigabe-2", FREIGABE, "ni-landeskoordinierungsstelle"),
    ("redaktion", REDAKTION, ""),
    ("admin", ADMINISTRATION, ""),
)
#: Nobody reviews a report of the own Land: somebody from another Land stands in, without login.
STAND_INS = (("demo-pruefung-sn", PRUEFUNG, "sn-lag"),)


@dataclass
class Cast:
    """Who does what in the stories of the demo."""

    users: dict[str, Any]
    members: dict[str, list[Any]] = field(default_factory=dict)

    def reviewer(self, land: str) -> Any:
        """Somebody who may review documents of this Land."""
        return self.users["demo-pruefung-sn" if land == "th" else "pruefung"]

    def approver(self, land: str) -> Any:
        """Somebody who may approve documents of this Land."""
        first = sorted(LAENDER).index(land) % 2 == 0
        choice = {"he": "freigabe-2", "ni": "freigabe"}.get(
            land, "freigabe" if first else "freigabe-2"
        )
        return self.users[choice]

    def editor(self) -> Any:
        """The editor of the website."""
        return self.users["redaktion"]


def load_people(offices: dict[str, Office]) -> Cast:
    """Create the logins, the stand-ins, and a member for every other office."""
    cast = Cast({})
    for name, role, key in LOGINS:
        cast.users[name] = _person(name, role, offices.get(key), settings.KLK_DEMO_PASSWORD)
    for name, role, key in STAND_INS:
        cast.users[name] = _person(name, role, offices[key])
    taken = {key: name for name, role, key in LOGINS if role == MITGLIED}
    for key, office in offices.items():
        login = taken.get(key)
        member = cast.users[login] if login else _person(f"demo-{key}", MITGLIED, office)
        cast.members.setdefault(office.land, []).append(member)
    return cast


def give_addresses(cast: Cast) -> None:
    """Give everybody an address that leads nowhere; until then the past sends no mail."""
    everybody = {user.pk: user for user in cast.users.values()}
    everybody |= {user.pk: user for group in cast.members.values() for user in group}
    for user in everybody.values():
        user.email = f"{user.username}@klk-demo.invalid"
    get_user_model()._default_manager.bulk_update(everybody.values(), ["email"])


def _person(name: str, role: str, office: Office | None, password: str | None = None) -> Any:
    user = get_user_model()(
        username=name,
        first_name=role,
        last_name=_surname(office),
        date_joined=clock.now(),
    )
    user.set_password(password)  # None: nobody can log in
    user.save()
    user.groups.add(Group.objects.get(name=role))
    if office:
        Membership.objects.create(user=user, office=office)
    return user


def _surname(office: Office | None) -> str:
    return f"Musterstelle {office.land_name}" if office else "Musterstelle"
