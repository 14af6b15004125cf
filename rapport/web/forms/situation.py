"""The facts of a situation to try: the telling ones in front, the others folded away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms

from rapport.rules import phrases
from rapport.rules.etiquette import FACTS, Fact, Situation
from rapport.rules.etiquette.vocabulary import Type
from rapport.web.forms.countries import CountrySelect

_IN_FRONT = (
    "role",
    "decision",
    "rapport",
    "worth_keeping",
    "invited_me",
    "thanked",
    "connections",
    "days_since_interview",
)


class SituationForm(forms.Form):
    """Every fact of the vocabulary, each known or not."""

    first = {"met": "interview", "stage": "interviewing", "decision": "none", "days_since_interview": "1"}

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, fact in FACTS.items():
            self.fields[name] = _field(fact)

    @property
    def in_front(self) -> list[forms.BoundField]:
        """The facts that change most."""
        return [self[name] for name in _IN_FRONT]

    @property
    def further(self) -> list[forms.BoundField]:
        """All others."""
        return [self[name] for name in FACTS if name not in _IN_FRONT]

    def situation(self, now: datetime, time_zone: str) -> Situation:
        """The situation as the form has it; what is not valid is not known."""
        if self.is_bound:
            self.is_valid()
            said = {name: value for name, value in self.cleaned_data.items() if value not in {None, ""}}
        else:
            said = {name: FACTS[name].parse(text) for name, text in self.first.items()}
        happened = {}
        if said.get("met") == "interview":
            happened["interview_end"] = now - timedelta(days=said.get("days_since_interview", 1))
        for event, happens in _EVENTS.items():
            if happens(said):
                happened[event] = now - timedelta(hours=1)
        return Situation(now=now, facts=said, happened=happened, time_zone=time_zone)


_EVENTS: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "decision": lambda said: said.get("decision", "none") != "none",
    "offer": lambda said: said.get("decision") in {"offer", "accepted", "declined"},
    "rejection": lambda said: said.get("decision") == "rejected",
    "thank_you_sent": lambda said: said.get("thanked", "none") != "none",
    "their_invitation": lambda said: said.get("invited_me", "none") != "none",
    "consent": lambda said: said.get("may_connect") == "yes",
    "real_contact": lambda said: said.get("contact_outside") is True,
}


class _FactField(forms.CharField):
    """A fact as typed: read by the vocabulary itself."""

    def __init__(self, fact: Fact, **options: Any) -> None:
        super().__init__(**options)
        self.fact = fact

    def clean(self, value: Any) -> Any:
        """Give the fact's value; None while it is not known."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.fact.parse(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


def _field(fact: Fact) -> forms.Field:
    return _FactField(fact, label=phrases.FACTS[fact.name], required=False, widget=_widget(fact))


def _widget(fact: Fact) -> forms.Widget:
    if fact.type is Type.BOOLEAN:
        return forms.Select(choices=[("", "not known"), ("yes", "yes"), ("no", "no")])
    if fact.name == "country":
        return CountrySelect(choices=[])
    if fact.values:
        values = [(value, phrases.value_in_words(fact.name, value)) for value in fact.values]
        return forms.Select(choices=[("", "not known"), *values])
    if fact.type is Type.NUMBER:
        return forms.NumberInput(attrs={"min": 0})
    if fact.type is Type.DAY:
        return forms.DateInput(attrs={"type": "date"})
    return forms.TextInput()
