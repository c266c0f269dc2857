"""Start page, lists and site, in the place of Wagtail's welcome page."""

from typing import Any

from django.db import migrations

from home.tree import plant


def forwards(apps: Any, _schema_editor: Any) -> None:
    plant(apps)


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
