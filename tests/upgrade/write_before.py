"""In a process of its own, before the upgrade: a document that is published and then changed."""

from django.core.management import call_command

from klk_workflow.content.editing import add_part, save_fields, save_part, start
from klk_workflow.perform import perform
from klk_workflow.registry import registry
from klk_workflow.testing import conference
from tests.upgrade.klk_toy.before import Karte, Zettel

call_command("migrate", verbosity=0)

people = conference()
member = people["Mitglied"]
document, _is_new = start(
    registry.get("chronik"), by=member, natural_key="chronik:nw:1", title="Chronik", land="nw"
)


def write(motto, inhalt):
    """New words in the own fields and in the row."""
    document.refresh_from_db()
    changes = {"motto": motto, "verworfen": f"Nebensatz {motto}"}
    save_fields(document, by=member, seen_version=document.version, changes=changes)
    row = Zettel.objects.get()
    save_part(row, by=member, seen_version=row.version, changes={"inhalt": inhalt})


def act(action, role, remark=""):
    """One step of the way."""
    document.refresh_from_db()
    perform(document, action, by=people[role], seen_digest=document.digest, remark=remark)


add_part(document, Zettel, by=member, values={"inhalt": "leer"})
add_part(document, Karte, by=member, values={"ort": "Ein Ort auf der Karte"})
write("Erstes Motto", "Erster Zettel")
for step in (("einreichen", "Mitglied"), ("weitergeben", "Prüfung"), ("freigeben", "Freigabe")):
    act(*step)
act("veroeffentlichen", "Redaktion")
act("neue_fassung", "Mitglied", "Neues")
write("Zweites Motto", "Zweiter Zettel")
act("einreichen", "Mitglied")
act("zuruecknehmen", "Mitglied")
