"""Who comes in, and how: one login (allauth, by user name), no sign-up."""

from klk_site.settings.env import KLK_ENVIRONMENT, env

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

# The invented people of the demo conference share one password, which opens nothing elsewhere.
KLK_DEMO_PASSWORD = "klk-demo"  # noqa: S105 - printed by `make run`, refused in production
KLK_DEMO_ACCOUNTS = env.bool("KLK_DEMO_ACCOUNTS", default=KLK_ENVIRONMENT == "demo")

_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
ACCOUNT_ADAPTER = "klk_site.login.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[KLK] "
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key"}

# How many web servers in front of this one may be believed about address and protocol.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("KLK_TRUSTED_PROXIES", default=0)
