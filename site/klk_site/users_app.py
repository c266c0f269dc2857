"""Wagtail's app of users with our pages."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """The same app; only its pages are ours."""

    user_viewset = "klk_site.user_views.UserViewSet"
