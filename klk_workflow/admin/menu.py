"""The menu: what this person may do, and nothing else."""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from klk_workflow.admin.overview.desks import DESKS, Desk, counts
from klk_workflow.extending import isolation, switches
from klk_workflow.laender import land_name
from klk_workflow.people import Person, person_for
from klk_workflow.registry import DocumentType
from klk_workflow.roles import ADMINISTRATION, GROUPS, REDAKTION

#: Wagtail's own entries, and the role for which they are meant; the rest of Wagtail's is left out.
WAGTAILS: Final = {
    "explorer": REDAKTION,
    "images": REDAKTION,
    "documents": REDAKTION,
    "settings": ADMINISTRATION,
}
LEFT_OUT: Final = {"reports", "help", "snippets", "search"}


def trim(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out what is Wagtail's and not meant for this person."""
    person = person_for(request.user)
    items[:] = [
        item
        for item in items
        if item.name not in LEFT_OUT
        and (item.name not in WAGTAILS or WAGTAILS[item.name] in person.roles)
    ]


def entries() -> list[MenuItem]:
    """The entries of the member area, in the order of the menu."""
    return [
        StartItem(_("Start"), reverse("wagtailadmin_home"), "start", icon_name="home", order=1),
        *(TypeItem(document_type, 10 + n) for n, document_type in enumerate(switches.active())),
        *(DeskItem(desk, 30 + n) for n, desk in enumerate(DESKS)),
        RoleItem(_("Dokumente suchen"), "suche", "search", 5, GROUPS),
        RoleItem(_("Runde"), "runden", "table", 40, GROUPS),
        RoleItem(_("Sitzungen"), "sitzungen", "calendar-check", 45, GROUPS),
        RoleItem(_("Fassungen"), "fassungen", "history", 50, (REDAKTION,)),
        PeopleItem(_("Personen"), reverse("wagtailusers_users:index"), "personen", "user", 200),
        RoleItem(_("Meine Stelle"), "stelle", "group", 9000, GROUPS),
        RoleItem(_("Rollen und Rechte"), "rollen", "info-circle", 9010, GROUPS),
    ]


def settings() -> list[MenuItem]:
    """What the administration sets up once, beside Wagtail's own settings."""
    return [
        RoleItem(_("Gliederungen"), "gliederungen", "list-ol", 230, (ADMINISTRATION,)),
        RoleItem(_("Erweiterungen"), "erweiterungen", "plus-inverse", 240, (ADMINISTRATION,)),
        RoleItem(_("Nachrichtenprotokoll"), "nachrichten", "mail", 255, (ADMINISTRATION,)),
    ]


def of_plugins(person: Person) -> list[MenuItem]:
    """What the types in use add for this person; an entry that fails is left out."""
    found = [
        isolation.shielded(kind.app_label, import_string(path), person, otherwise=None)
        for kind in switches.active()
        for path in kind.menu
    ]
    return [item for item in found if item]


def _counts(request: Any) -> Any:
    """What waits for the person, counted once a request."""
    if not hasattr(request, "_klk_counts"):
        request._klk_counts = counts(person_for(request.user))  # noqa: SLF001 - kept on the request
    return request._klk_counts  # noqa: SLF001


class StartItem(MenuItem):
    """The start page, under whose address all others lie."""

    def render_component(self, request: HttpRequest) -> Any:
        """The link; elsewhere to its content, or Wagtail takes any page for a part of it."""
        component = super().render_component(request)
        if request.path != self.url:
            component.url += "#main"
        return component


class RoleItem(MenuItem):
    """An entry for people with one of these roles."""

    def __init__(
        self, label: Any, url_name: str, icon: str, order: int, roles: tuple[str, ...]
    ) -> None:
        super().__init__(
            label, reverse(f"dokumente:{url_name}"), f"klk-{url_name}", icon_name=icon, order=order
        )
        self.roles = frozenset(roles)

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person has such a role."""
        return bool(person_for(request.user).roles & self.roles)


class PeopleItem(MenuItem):
    """Wagtail's list of user accounts."""

    def __init__(self, label: Any, url: str, name: str, icon: str, order: int) -> None:
        super().__init__(label, url, name, icon_name=icon, order=order)

    def is_shown(self, request: HttpRequest) -> bool:
        """For those who keep them."""
        return bool(request.user.has_perm("auth.change_user"))


class CountingItem(MenuItem):
    """An entry with the number of what waits there for the person."""

    count_key: str

    def render_component(self, request: HttpRequest) -> Any:
        """The link, with the number as an attribute that the style sheet shows."""
        component = super().render_component(request)
        if number := _counts(request)[self.count_key]:
            component.attrs = {**component.attrs, "data-klk-count": str(number)}
        return component


class TypeItem(CountingItem):
    """The list of a type of document."""

    def __init__(self, document_type: DocumentType, order: int) -> None:
        super().__init__(
            document_type.label_plural,
            reverse("dokumente:liste", args=[document_type.key]),
            document_type.key,
            icon_name=document_type.icon,
            order=order,
        )
        self.count_key = document_type.key

    def render_component(self, request: HttpRequest) -> Any:
        """Marked as the place where one is while a document of this type is open."""
        component = super().render_component(request)
        if getattr(request, "klk_type_key", "") == self.name:
            component.attrs = {**component.attrs, "data-klk-here": ""}
        return component

    def is_shown(self, request: HttpRequest) -> bool:
        """Everybody with a role."""
        return bool(person_for(request.user).roles)


class DeskItem(CountingItem):
    """What waits for a role."""

    def __init__(self, desk: Desk, order: int) -> None:
        super().__init__(
            desk.label,
            reverse("dokumente:pult", args=[desk.key]),
            desk.key,
            icon_name="tasks",
            order=order,
        )
        self.desk = desk
        self.count_key = desk.key

    def is_shown(self, request: HttpRequest) -> bool:
        """Those who sit there, if anything can ever wait there."""
        return self.desk.is_for(person_for(request.user))


def subtitle(person: Person) -> str:
    """Who one is here: the roles, and the Länder of the offices."""
    roles = ", ".join(str(_(role)) for role in GROUPS if role in person.roles)
    places = ", ".join(land_name(code) for code in sorted(person.laender))
    return " · ".join(filter(None, [roles, places]))
