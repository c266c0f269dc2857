"""Run as a program: the people of a test with their password, one more member among them."""

import django

django.setup()

from klk_workflow import testing  # noqa: E402

people = testing.conference()
for user in (*people.values(), testing.member("sn", name="Sachsen")):
    user.set_password("klk-test")
    user.save()
