"""The app's name for Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See the room's own docstring."""

    name = "rapport.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
