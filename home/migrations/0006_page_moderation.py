"""Pages of those who may not publish go to Redaktion: Wagtail's own moderation, in our words;
Redaktion may begin translations.

Wagtail brings a workflow whose group is no role here (klk_workflow.0004); it gets ours.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

NAME = "Freigabe durch die Redaktion"


def hand_over(apps, schema_editor):
    Workflow = apps.get_model("wagtailcore", "Workflow")
    Task = apps.get_model("wagtailcore", "GroupApprovalTask")
    redaktion = apps.get_model("auth", "Group").objects.get(name="Redaktion")
    Workflow.objects.filter(name="Moderators approval").update(name=NAME)
    for task in Task.objects.filter(name="Moderators approval"):
        task.name = NAME
        task.save()
        task.groups.set([redaktion])


def let_translate(apps, schema_editor):
    config = apps.get_app_config("simple_translation")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    translate = apps.get_model("auth", "Permission").objects.get(codename="submit_translation")
    apps.get_model("auth", "Group").objects.get(name="Redaktion").permissions.add(translate)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_lists_of_one_kind"),
        ("klk_workflow", "0004_no_stock_groups"),
        ("simple_translation", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(hand_over, migrations.RunPython.noop),
        migrations.RunPython(let_translate, migrations.RunPython.noop),
    ]
