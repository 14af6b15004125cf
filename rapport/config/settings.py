"""Settings, read from the environment; without any, one person's laptop with SQLite."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
import platformdirs

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("RAPPORT_HOME") or platformdirs.user_data_dir("rapport"))
SECRET_KEY = os.environ.get("RAPPORT_SECRET_KEY", "replaced by the house builder")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rapport.accounts",
    "rapport.journal",
    "rapport.people",
    "rapport.interviews",
    "rapport.correspondence",
    "rapport.followups",
    "rapport.intake",
    "rapport.web",
]
AUTH_USER_MODEL = "accounts.Member"
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("RAPPORT_DATABASE_URL") or f"sqlite:///{HOME / 'rapport.sqlite3'}"
    )
}
USE_TZ = True
TIME_ZONE = "UTC"
ROOT_URLCONF = "rapport.config.urls"
STATIC_URL = "/static/"
