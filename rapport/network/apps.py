"""The app's name for Django."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """See the room's own docstring."""

    name = "rapport.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"
