"""The app's name for Django."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """See the room's own docstring."""

    name = "rapport.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"
