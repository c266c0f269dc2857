"""Wagtail's own groups are no roles here; they go unless somebody is in them."""

from django.db import migrations

STOCK = ("Moderators", "Editors")


def remove(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name__in=STOCK, user=None).delete()


class Migration(migrations.Migration):
    dependencies = [("klk_workflow", "0003_rights")]

    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
