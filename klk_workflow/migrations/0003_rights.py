"""What Redaktion and Administration may do with Wagtail's own pages; documents are not among it."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

REDAKTION, ADMINISTRATION = "Redaktion", "Administration"

#: For the website: pages from the root down, pictures and files of the root collection.
PAGES = ("add_page", "change_page", "publish_page")
LIBRARY = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
}

#: Models that the administration keeps: people, offices, periods, the site's addresses.
KEPT = {
    "auth": ("add_user", "change_user", "delete_user"),
    "klk_workflow": (
        "add_office",
        "change_office",
        "delete_office",
        "add_period",
        "change_period",
        "delete_period",
    ),
    "wagtailredirects": ("add_redirect", "change_redirect", "delete_redirect"),
}


def give(apps, schema_editor):
    for label in {*LIBRARY, *KEPT, "wagtailcore"}:
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    _give_redaktion(apps)
    _give_administration(apps)


def _permission(apps, label, codename):
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.get(content_type__app_label=label, codename=codename)


def _give_redaktion(apps):
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    Collection = apps.get_model("wagtailcore", "Collection")
    OnPages = apps.get_model("wagtailcore", "GroupPagePermission")
    OnCollections = apps.get_model("wagtailcore", "GroupCollectionPermission")
    group = Group.objects.get(name=REDAKTION)
    root, library = Page.objects.get(depth=1), Collection.objects.get(depth=1)
    for codename in PAGES:
        permission = _permission(apps, "wagtailcore", codename)
        OnPages.objects.get_or_create(group=group, page=root, permission=permission)
    for label, codenames in LIBRARY.items():
        for codename in codenames:
            permission = _permission(apps, label, codename)
            OnCollections.objects.get_or_create(
                group=group, collection=library, permission=permission
            )


def _give_administration(apps):
    group = apps.get_model("auth", "Group").objects.get(name=ADMINISTRATION)
    for label, codenames in KEPT.items():
        for codename in codenames:
            group.permissions.add(_permission(apps, label, codename))


class Migration(migrations.Migration):
    dependencies = [
        ("klk_workflow", "0002_roles"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
