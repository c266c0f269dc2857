"""Who there is: the roles as Django groups, and the pseudo role of a document's own office."""

from typing import Final

from django.utils.translation import gettext_noop

MITGLIED: Final = gettext_noop("Mitglied")
PRUEFUNG: Final = gettext_noop("Prüfung")
FREIGABE: Final = gettext_noop("Freigabe")
REDAKTION: Final = gettext_noop("Redaktion")
ADMINISTRATION: Final = gettext_noop("Administration")

GROUPS: Final = (MITGLIED, PRUEFUNG, FREIGABE, REDAKTION, ADMINISTRATION)

#: A member of one of the document's own offices; never a group.
OWN_OFFICE: Final = "own_office"
#: Everybody with a seat at the table: reads what is approved, *nur KLK* included.
EVERY_MEMBER: Final = "every_member"
#: The groups that make somebody a member in that sense; Administration alone does not.
SEATED: Final = frozenset({MITGLIED, PRUEFUNG, FREIGABE, REDAKTION})
#: Workers act through the same door under this name.
SYSTEM: Final = gettext_noop("System")
