"""Run as a program: the people of a test with their password, one more member among them."""

import django

django.setup()

from klk_workflow import testing  # noqa: E402
from klk_workflow.models import Membership, Office  # noqa: E402
from klk_workflow.roles import MITGLIED  # noqa: E402

people = testing.conference()
second = type(people[MITGLIED]).objects.create_user("Sachsen")
second.groups.set(people[MITGLIED].groups.all())
office = Office.objects.create(name="Stelle sn", land="sn", kind="freier-traeger")
Membership.objects.create(user=second, office=office)
for user in (*people.values(), second):
    user.set_password("klk-test")
    user.save()
