"""Every address of the site. The public website comes last: its pages take what is left."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from klk_site import views

handler400 = views.bad_request

urlpatterns = [
    # Wagtail's own login and password reset are closed: they know nothing of ours.
    path("admin/login/", views.to_login),
    re_path(r"^admin/password_reset/", views.to_login),
    path("_util/login/", views.to_login),
    path("konto/", include("klk_site.account_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("api/v1/", include("klk_workflow.api.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:name>", views.media, name="media"),
    # German without a prefix, other languages under theirs: /en/…
    *i18n_patterns(path("", include("home.urls")), prefix_default_language=False),
]
