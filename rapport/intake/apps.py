"""The app's name for Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """See the room's own docstring."""

    name = "rapport.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
