"""The app's name for Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the room's own docstring."""

    name = "rapport.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
