"""The few of allauth's pages that are open, under German addresses. `account_signup` exists
because allauth's templates ask for its address; the adapter keeps it shut.
"""

from allauth.account import views
from django.urls import path, re_path

from klk_site.views import login

urlpatterns = [
    path("anmelden/", login, name="account_login"),
    path("abmelden/", views.logout, name="account_logout"),
    path("gesperrt/", views.account_inactive, name="account_inactive"),
    path("registrieren/", views.signup, name="account_signup"),
    path("bestaetigen/", views.reauthenticate, name="account_reauthenticate"),
    path("passwort/aendern/", views.password_change, name="account_change_password"),
    path("passwort/setzen/", views.password_set, name="account_set_password"),
    path("passwort/vergessen/", views.password_reset, name="account_reset_password"),
    path(
        "passwort/vergessen/gesendet/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "passwort/neu/fertig/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
