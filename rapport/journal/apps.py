"""The app's name for Django."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """See the room's own docstring."""

    name = "rapport.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
