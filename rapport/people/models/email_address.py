"""Where mail reaches a person, as their card says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import models

from rapport.people.models.sphere import Sphere
from rapport.rows import insert

if TYPE_CHECKING:
    from rapport.people.models.person import Person


class EmailAddress(models.Model):
    """An e-mail address of a person, lower case, with the sphere it belongs to; `bounced_at`: mail came back."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="emails")
    email = models.CharField(max_length=320, db_index=True)
    sphere = models.CharField(max_length=16, choices=Sphere.choices, default=Sphere.PROFESSIONAL)
    bounced_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "email addresses"
        constraints = [models.UniqueConstraint(fields=["person", "email"], name="one_email_once_a_person")]

    def __str__(self) -> str:
        return self.email

    @classmethod
    def begin(cls, stated: Iterable[tuple[Person, Mapping[str, str]]]) -> None:
        """Keep the addresses of people who have none here yet, each with its sphere."""
        addresses = ((person.pk, email, sphere) for person, of in stated for email, sphere in of.items())
        insert(cls, ["person_id", "email", "sphere"], addresses)

    @classmethod
    def keep(cls, person: Person, stated: Mapping[str, str]) -> None:
        """Let a person have the addresses stated, each with its sphere, and no others; what is known of one stays."""
        present = {address.email: address for address in person.emails.all()}
        gone = [address.pk for email, address in present.items() if email not in stated]
        if gone:
            cls.objects.filter(pk__in=gone).delete()
        for email, sphere in stated.items():
            if email not in present:
                cls.objects.create(person=person, email=email, sphere=sphere)
            elif present[email].sphere != sphere:
                cls.objects.filter(pk=present[email].pk).update(sphere=sphere)
