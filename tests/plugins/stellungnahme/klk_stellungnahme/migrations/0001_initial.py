from django.db import migrations, models

from klk_workflow.extending.outline import first_outline


class Migration(migrations.Migration):
    dependencies = [("klk_workflow", "0001_initial")]
    operations = [
        migrations.CreateModel(
            "Stellungnahme",
            [
                ("document_ptr", models.OneToOneField("klk_workflow.document", models.CASCADE, auto_created=True,
                                                      parent_link=True, primary_key=True, serialize=False)),
                ("occasion", models.CharField("Anlass", max_length=250, blank=True)),
            ],
            options={"verbose_name": "Stellungnahme", "verbose_name_plural": "Stellungnahmen"},
            bases=("klk_workflow.document",),
        ),
        first_outline("stellungnahme", "Sachverhalt", "Position"),
    ]
