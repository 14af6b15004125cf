"""The app's name for Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See the room's own docstring."""

    name = "rapport.web"
    label = "web"
