"""The proposed outline as version 1; administrators may add versions for later rounds."""

import json
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).parent.parent / "data" / "outline.json"


def load_outline(apps, schema_editor):
    Outline = apps.get_model("klk_workflow", "Outline")
    sections = json.loads(DATA.read_text(encoding="utf-8"))["sections"]
    Outline.objects.get_or_create(type_key="laenderbericht", version=1, defaults={"data": sections})


class Migration(migrations.Migration):
    dependencies = [("klk_laenderbericht", "0001_initial"), ("klk_workflow", "0002_roles")]

    operations = [migrations.RunPython(load_outline, migrations.RunPython.noop)]
