"""The app's name for Django."""

from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    """See the room's own docstring."""

    name = "rapport.interviews"
    label = "interviews"
    default_auto_field = "django.db.models.BigAutoField"
