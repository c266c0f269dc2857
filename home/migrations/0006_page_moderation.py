"""Pages of those who may not publish go to Redaktion: Wagtail's own moderation, in our words.

Wagtail brings a workflow whose group is no role here (klk_workflow.0004); it gets ours.
"""

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


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_lists_of_one_kind"),
        ("klk_workflow", "0004_no_stock_groups"),
    ]

    operations = [migrations.RunPython(hand_over, migrations.RunPython.noop)]
