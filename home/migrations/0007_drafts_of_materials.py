"""Drafts of materials are kept as they are typed: no field named "method", which hides the method
of the form it stands in, and a year to begin with.
"""

from typing import Any

from django.db import migrations, models

from home.models.material import this_year

BEFORE, AFTER = "method", "teaching"


def _rename_in_drafts(apps: Any, before: str, after: str) -> None:
    """Give what every kept version of a training says its new name."""
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kind = kinds.filter(app_label="home", model="trainingpage").first()
    if kind is None:
        return
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(content_type=kind)
    for revision in revisions.iterator():
        if before in revision.content:
            revision.content[after] = revision.content.pop(before)
            revision.save(update_fields=["content"])


def forwards(apps: Any, _schema_editor: Any) -> None:
    """Use the new name."""
    _rename_in_drafts(apps, BEFORE, AFTER)


def backwards(apps: Any, _schema_editor: Any) -> None:
    """Use the old name."""
    _rename_in_drafts(apps, AFTER, BEFORE)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("home", "0006_page_moderation"),
    ]
    operations = [
        migrations.RenameField("trainingpage", BEFORE, AFTER),
        migrations.RunPython(forwards, backwards),
        migrations.AlterField(
            "materialpage",
            "year",
            models.PositiveSmallIntegerField("Jahr", default=this_year),
        ),
    ]
