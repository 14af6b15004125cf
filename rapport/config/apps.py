"""The app's name for Django, and the checks of how this installation is set up."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from rapport.config.checks import names_of_the_server


class ConfigConfig(AppConfig):
    """See the room's own docstring; it owns no tables."""

    name = "rapport.config"
    label = "config"

    def ready(self) -> None:
        """Let `check` and `rapport doctor` ask."""
        register(names_of_the_server, Tags.security)
