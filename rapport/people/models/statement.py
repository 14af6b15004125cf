"""A fact about a person that the member stated, in answer to a question."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from rapport.people.models.person import Person
from rapport.rules.etiquette import FACTS
from rapport.rules.etiquette.vocabulary import Type


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

    def outweighs(self, other: Statement) -> bool:
        """Of two people who are one, the newest statement counts."""
        return self.stated_at > other.stated_at

    @property
    def known(self) -> Any:
        """The value in the type of its fact: a day is kept as text and given as a date."""
        is_day = FACTS[self.fact].type is Type.DAY
        return date.fromisoformat(self.value) if is_day else self.value
