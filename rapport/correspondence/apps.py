"""The app's name for Django."""

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """See the room's own docstring."""

    name = "rapport.correspondence"
    label = "correspondence"
    default_auto_field = "django.db.models.BigAutoField"
