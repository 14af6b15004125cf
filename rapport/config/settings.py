"""Settings, read from the environment; without any, one person's laptop with SQLite.

RAPPORT_HOME          the folder of the database and the key (default: the platform's data folder)
RAPPORT_DATABASE_URL  another database, such as postgres://rapport@localhost/rapport
RAPPORT_SECRET_KEY    the secret that signs sessions (default: a file in RAPPORT_HOME, made on first use)
RAPPORT_VAULT_KEY     the secret that seals mailbox passwords; several, separated by commas: the first seals, each opens
                      (default: a file in RAPPORT_HOME, made on first use)
RAPPORT_HOSTS         names of the server, separated by commas, none of them *; with one, this is a server behind HTTPS
RAPPORT_PORT          where a laptop's pages are, for links in calendars and mails (default: 8000; `rapport serve`
                      sets it)
RAPPORT_MAIL_URL      the server that this server's own mail leaves by, such as
                      smtp+starttls://user:password@mail.example:587 (or smtps://; default: none, and no mail)
RAPPORT_MAIL_FROM     the address that this mail comes from, such as rapport@mail.example
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import dj_database_url
import platformdirs
from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject

from rapport.config.key import key_kept_in

HOME = Path(
    os.environ.get("RAPPORT_HOME") or platformdirs.user_data_dir("rapport", appauthor=False)
).absolute()
HOSTS = [host.strip() for host in os.environ.get("RAPPORT_HOSTS", "").split(",") if host.strip()]
LAPTOP = not HOSTS
# Lazy, so that the processes of `rapport serve` find the port it was told.
PORT = SimpleLazyObject(lambda: int(os.environ.get("RAPPORT_PORT") or 8000))

DEBUG = False
# Lazy, so that a command that signs nothing (a dry run) leaves no file behind.
SECRET_KEY = os.environ.get("RAPPORT_SECRET_KEY") or SimpleLazyObject(lambda: key_kept_in(HOME, "secret-key"))
VAULT_KEY = os.environ.get("RAPPORT_VAULT_KEY") or SimpleLazyObject(lambda: key_kept_in(HOME, "vault-key"))
MAIL_URL = os.environ.get("RAPPORT_MAIL_URL", "").strip()
MAIL_FROM = os.environ.get("RAPPORT_MAIL_FROM", "").strip()
# A page of another site that lets its own name point at 127.0.0.1 (DNS rebinding) sends that name as Host:
# refused.
ALLOWED_HOSTS = HOSTS or ["127.0.0.1", "localhost"]

# allauth costs the command line 60 ms of its start; worth it, because one list means one set of tables
# everywhere.
INSTALLED_APPS = [
    "rapport.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # a template of allauth wants it
    "rapport.accounts",
    "rapport.journal",
    "rapport.people",
    "rapport.interviews",
    "rapport.correspondence",
    "rapport.network",
    "rapport.followups",
    "rapport.notifications",
    "rapport.intake",
    "rapport.web",
    "allauth",  # after rapport.web, whose templates replace allauth's
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "rapport.config.uploads.UploadLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "rapport.config.member.PageLoginRequiredMiddleware",  # no page without signing in, unless it says so
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rapport.config.member.MemberMiddleware",
]
ROOT_URLCONF = "rapport.config.urls"
WSGI_APPLICATION = "rapport.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rapport.config.member.place",
            ],
        },
    },
]
FORM_RENDERER = "rapport.web.forms.renderer.Renderer"

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("RAPPORT_DATABASE_URL") or f"sqlite:///{HOME / 'rapport.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    ),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A transaction takes the write lock when it begins: it waits there rather than failing halfway.
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,  # seconds to wait for that lock: an import of many thousands is one transaction
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # A file, because a live server in a browser journey and its test are two connections.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "tests.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits count in this process's memory: `rapport serve` runs one process with threads.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # stored so, and shown in the member's own zone (rapport.config.member)

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # served from the package: no collectstatic step
WHITENOISE_MAX_AGE = 0 if LAPTOP else 3600  # seconds
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Who is signed in
AUTH_USER_MODEL = "accounts.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign_in"
ACCOUNT_ADAPTER = "rapport.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # nothing is mailed: an administrator hands links over
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
MFA_ADAPTER = "rapport.accounts.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # no address is ever verified by mail
MFA_TOTP_ISSUER = "Rapport"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# The proxy in front of a server names the visitor; without it the rate limits would count everybody as one.
ALLAUTH_TRUSTED_PROXY_COUNT = 0 if LAPTOP else 1
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # mail leaves by `rapport.worker` only

# A browser keeps the cookies of 127.0.0.1 without regard to the port, so two Rapports on one laptop (the demo
# and one's own) would sign each other out if their cookies had one name.
_COOKIES = f"rapport-{hashlib.sha256(str(HOME).encode()).hexdigest()[:8]}" if LAPTOP else "__Host-rapport"
SESSION_COOKIE_NAME = f"{_COOKIES}-session"
SESSION_COOKIE_AGE = 30 * 24 * 3600  # seconds
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not LAPTOP
CSRF_COOKIE_NAME = f"{_COOKIES}-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = not LAPTOP
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What a browser may do with our pages
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if not LAPTOP:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "rapport.config.quiet_logs.QuietFormatter"}},
    "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["errors"], "level": "WARNING"},
    "loggers": {
        # Replaces Django's own handlers, which would mail administrators and print addresses asked for.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # refused is refused; anybody can ask
    },
}
