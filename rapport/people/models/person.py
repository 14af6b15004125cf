"""A person in a member's address book: private to that member."""

from __future__ import annotations

from django.db import models

from rapport.accounts.models import Member
from rapport.people.models.organisation import Organisation


class Sphere(models.TextChoices):
    """Business and social are kept apart."""

    PROFESSIONAL = "professional"
    SOCIAL = "social"


class Person(models.Model):
    """Somebody in a member's address book.

    The fields shown are read from `card`, the current vCard text; `time_zone` and `country` are where the
    person is, when known. `met` is a value of the fact `met`.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="people")
    name = models.CharField(max_length=300)
    title = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="people")
    phone = models.CharField(max_length=64, blank=True)
    profile = models.URLField(max_length=500, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    country = models.CharField(max_length=2, blank=True)
    is_professional = models.BooleanField(default=True)
    is_social = models.BooleanField(default=False)
    met = models.CharField(max_length=16, blank=True)
    how_met = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    card = models.TextField(blank=True)
    last_contact_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["member", "name"], name="people_by_name")]

    def __str__(self) -> str:
        return self.name


class EmailAddress(models.Model):
    """An e-mail address of a person, lower case, with the sphere it belongs to."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="emails")
    email = models.CharField(max_length=320, db_index=True)
    sphere = models.CharField(max_length=16, choices=Sphere.choices, default=Sphere.PROFESSIONAL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "email"], name="one_email_once_a_person")]

    def __str__(self) -> str:
        return self.email


class CardRevision(models.Model):
    """One card that a source gave, kept as it was, and the card that stood before: any absorb can be undone."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="revisions")
    source = models.CharField(max_length=300)
    given = models.TextField()
    before = models.TextField(blank=True)
    after = models.TextField()
    absorbed_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.source}, {self.absorbed_at:%Y-%m-%d}"
