"""One norm in a form: checked by reading the whole school with it, as a file would be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rapport.accounts.models import OwnSchool
from rapport.rules import phrases
from rapport.rules.etiquette import EVENTS, VERDICTS, NormError, NormProblem, read_school
from rapport.rules.etiquette.vocabulary import PAIRS
from rapport.web.schools.conditions import parsed, written
from rapport.web.schools.school_pages import norms_in_words

_STRENGTHS = (("may", "may: gently"), ("should", "should: as a rule"), ("must", "must: firmly"))
_FIELDS = {
    "when": "when",
    "until": "until",
    "within": "within",
    "after": "after",
    "because": "because",
    "source": "source",
}
_MOST_NORMS = 500
_PAIRS = [(f"{act} {channel}".strip(), phrases.deed(act, channel)) for act, channel in PAIRS]


def _names(norms: list[dict[str, Any]]) -> dict[str, str]:
    """Give each norm's name by its id: its deed and when it holds, which tells apart those of one deed."""
    said = zip(norms, norms_in_words(norms), strict=True)
    return {
        str(norm.get("id")): f"“{words.deed}” ({words.when[:1].lower()}{words.when[1:]})"
        for norm, words in said
    }


class NormForm(forms.Form):
    """A norm: to which act, what it says, when it holds, why, and where that comes from."""

    pair = forms.ChoiceField(label="To which act", choices=())
    verdict = forms.ChoiceField(
        label="What it says", choices=[(name, phrases.VERDICTS[name]) for name in VERDICTS]
    )
    until = forms.ChoiceField(
        label="A hold waits until",
        required=False,
        choices=[("", "nothing in particular"), *((event, phrases.EVENTS[event]) for event in EVENTS)],
    )
    when = forms.CharField(
        label="When it holds",
        required=False,
        max_length=2000,
        help_text="One condition a line, as “role = recruiter, hr” or “connections at_least 200”; empty for always.",
        widget=forms.Textarea(
            attrs={"rows": 4, "spellcheck": "false", "placeholder": "role = recruiter\nrapport = strong"}
        ),
    )
    after = forms.CharField(
        label="Not before",
        required=False,
        help_text="As “1 day of interview_end”: a day must have gone by.",
        widget=forms.TextInput(attrs={"list": "offsets"}),
    )
    within = forms.CharField(
        label="Within",
        required=False,
        help_text="As “1 working day of interview_end”.",
        widget=forms.TextInput(attrs={"list": "offsets"}),
    )
    strength = forms.ChoiceField(label="How strongly it is meant", choices=_STRENGTHS, initial="should")
    because = forms.CharField(label="Because", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    source = forms.CharField(label="Where that comes from", max_length=300, initial="My own experience")

    def __init__(self, *arguments: Any, school: OwnSchool, number: int | None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.school, self.number = school, number
        self._kept: dict[str, Any] = {} if number is None else dict(school.norms[number])
        pair = self.fields["pair"]
        if isinstance(pair, forms.ChoiceField):
            anywhere = [(act, words) for act, words in phrases.ACTS.items()]
            pair.choices = [("By any channel", anywhere), ("By one channel", _PAIRS)]
        if self._kept:
            self.initial = {
                **{
                    name: self._kept.get(name, "")
                    for name in ("verdict", "until", "after", "within", "because", "source")
                },
                "strength": self._kept.get("strength", "should"),
                "pair": f"{self._kept.get('act', '')} {self._kept.get('channel', '')}".strip(),
                "when": written(self._kept.get("when", {})),
            }

    def clean_when(self) -> dict[str, Any]:
        """Read the conditions line by line."""
        try:
            return parsed(self.cleaned_data["when"])
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Read the school with this norm in it; each mistake stands beside its field and names the norm."""
        cleaned = super().clean() or self.cleaned_data
        if self.number is None and len(self.school.norms) >= _MOST_NORMS:
            raise ValidationError(f"A school holds at most {_MOST_NORMS} norms; change or remove one first.")
        if not self.errors:
            try:
                read_school(
                    self.school.identifier,
                    self.school.name,
                    self.school.opinion,
                    self.school.source,
                    self.norms(),
                    place=self.school.name,
                )
            except NormError as error:
                for problem in error.problems:
                    self.add_error(_FIELDS.get(problem.field), self._said(problem))
        return cleaned

    def _said(self, problem: NormProblem) -> str:
        """Give what is wrong; another norm than this one is named as the school's page shows it."""
        here, names = self._table()["id"], _names(self.norms())
        if problem.against:
            one, other = sorted((problem.norm, problem.against), key=lambda norm: norm != here)
            who = "It" if one == here else names[one]
            return f"{who} contradicts {names[other]}: {problem.fault}"
        return (
            problem.fault
            if problem.norm == here
            else f"{names.get(problem.norm, problem.norm)}: {problem.fault}"
        )

    def norms(self) -> list[dict[str, Any]]:
        """Every norm of the school, this one in its place."""
        norms = list(self.school.norms)
        if self.number is None:
            return [*norms, self._table()]
        norms[self.number] = self._table()
        return norms

    def _table(self) -> dict[str, Any]:
        said = self.cleaned_data
        act, _, channel = said["pair"].partition(" ")
        sphere = self._kept.get("sphere", "") if self._kept.get("act") == act and not channel else ""
        table = {
            "id": self._kept.get("id") or self._fresh_id(act, channel),
            "act": act,
            "channel": channel,
            "sphere": sphere,
            **{
                name: said[name]
                for name in ("when", "verdict", "until", "after", "within", "strength", "because", "source")
            },
        }
        return {name: value for name, value in table.items() if value}

    def _fresh_id(self, act: str, channel: str) -> str:
        base = "-".join(part for part in ("my", act, channel) if part).replace("_", "-")
        taken = {norm.get("id") for norm in self.school.norms}
        numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
        return next(name for name in numbered if name not in taken)
