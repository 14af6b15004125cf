"""The app's name for Django."""

from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    """See the room's own docstring."""

    name = "rapport.followups"
    label = "followups"
    default_auto_field = "django.db.models.BigAutoField"
