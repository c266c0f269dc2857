"""Each list of materials holds one kind; those that the site began with say which."""

from typing import Any

from django.db import migrations, models

HOLDS = {
    "arbeitshilfen": "guidepage",
    "fortbildung": "trainingpage",
    "publikationen": "publicationpage",
}


def forwards(apps: Any, _schema_editor: Any) -> None:
    lists = apps.get_model("home", "MaterialIndexPage").objects
    for slug, kind in HOLDS.items():
        lists.filter(slug=slug).update(holds=kind)


class Migration(migrations.Migration):
    dependencies = [("home", "0004_news_events_support")]

    operations = [
        migrations.AddField(
            "materialindexpage",
            "holds",
            models.CharField(
                blank=True,
                choices=[
                    ("publicationpage", "Publikationen"),
                    ("guidepage", "Arbeitshilfen"),
                    ("trainingpage", "Fortbildungen"),
                ],
                help_text="Ohne Angabe können hier alle drei Arten stehen.",
                max_length=20,
                verbose_name="Was hier steht",
            ),
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
