"""The roles as groups; each may enter the admin, nothing more by a model permission."""

from django.db import migrations

GROUPS = ("Mitglied", "Prüfung", "Freigabe", "Redaktion", "Administration")


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    entry = Permission.objects.get(
        codename="access_admin", content_type__app_label="wagtailadmin"
    )
    for name in GROUPS:
        Group.objects.get_or_create(name=name)[0].permissions.add(entry)


class Migration(migrations.Migration):
    dependencies = [
        ("klk_workflow", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
