"""The pages that a new site begins with."""

from typing import Any

from home.models.home_page import HEADLINE, LEAD

HOME_PATH = "00010001"
INDEXES = (
    (
        "arbeitshilfen",
        "Arbeitshilfen",
        "Kurz und für den Alltag: was im Gespräch, im Einsatz und im Verfahren hilft.",
    ),
    (
        "fortbildung",
        "Fortbildung",
        "Material, mit dem Sie andere fortbilden oder selbst weiterkommen.",
    ),
    (
        "publikationen",
        "Publikationen",
        "Was die Koordinierungsstellen und die Konferenz herausgeben.",
    ),
)


def plant(apps: Any) -> None:
    """Put the start page and its lists in the place of Wagtail's welcome page; at most once.

    `apps` are those of a migration or Django's own: both know the same tables.
    """
    home_model = apps.get_model("home", "HomePage")
    page_model = apps.get_model("wagtailcore", "Page")
    if home_model.objects.exists():
        return
    page_model.objects.filter(path=HOME_PATH, slug="home").delete()
    root = _root(apps, page_model)
    common = {"locale": root.locale, "has_unpublished_changes": False}
    home = home_model(
        title="KLK", headline=HEADLINE, lead=LEAD, path=HOME_PATH, depth=2, slug="home",
        url_path="/home/", numchild=len(INDEXES), **common,
    )  # fmt: skip
    _save(apps, home)
    for number, (slug, title, lead) in enumerate(INDEXES, 1):
        index = apps.get_model("home", "MaterialIndexPage")(
            title=title, lead=lead, slug=slug, path=f"{HOME_PATH}{number:04d}", depth=3,
            url_path=f"/home/{slug}/", show_in_menus=True, **common,
        )  # fmt: skip
        _save(apps, index)
    root.numchild = page_model.objects.filter(depth=2).count()
    root.save()
    apps.get_model("wagtailcore", "Site").objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "site_name": "KLK", "root_page_id": home.pk},
    )


def _root(apps: Any, page_model: Any) -> Any:
    locale, _ = apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code="de")
    root = page_model.objects.filter(depth=1).first()
    if root is None:
        root = page_model(
            title="Root", slug="root", path="0001", depth=1, url_path="/", locale=locale
        )
        _save(apps, root)
    return root


def _save(apps: Any, page: Any) -> None:
    meta = page._meta
    page.draft_title = page.title
    page.content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=meta.app_label, model=meta.model_name
    )
    page.save()
