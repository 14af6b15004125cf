"""Business and social: the two that never cross by themselves."""

from __future__ import annotations

from django.db import models


class Sphere(models.TextChoices):
    """Business and social are kept apart."""

    PROFESSIONAL = "professional"
    SOCIAL = "social"
