"""Fourteen sections, the last one internal."""

from django.db import migrations

TITLES = ["Kurzfassung", *(f"Thema {number}" for number in range(1, 13)), "Unter uns"]


def lay_out(apps, schema_editor):
    sections = [
        {
            "key": title.lower().replace(" ", "-"),
            "title": title,
            "guiding_question": "Was gibt es Neues?",
            "hint": "",
            "articles": [7],
            "visibility": "internal" if title == "Unter uns" else "public",
            "max_words": 300,
            "required": title != "Unter uns",
        }
        for title in TITLES
    ]
    outlines = apps.get_model("klk_workflow", "Outline").objects
    outlines.create(type_key="umfrage", version=1, data=sections)


class Migration(migrations.Migration):
    dependencies = [("klk_umfrage", "0001_initial")]

    operations = [migrations.RunPython(lay_out, migrations.RunPython.noop)]
