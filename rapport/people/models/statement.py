"""A fact about a person that the member stated, in answer to a question."""

from __future__ import annotations

from django.db import models

from rapport.people.models.person import Person


class Statement(models.Model):
    """`fact` = `value` about one person, in the vocabulary of `rules.etiquette`; the newest counts."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="statements")
    fact = models.CharField(max_length=64)
    value = models.JSONField()
    stated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "fact"], name="one_statement_a_fact")]

    def __str__(self) -> str:
        return f"{self.fact} = {self.value}"
