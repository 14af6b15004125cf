"""Where an application stands: stage and decision as one control, and what they promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from rapport.interviews.models import Application
from rapport.interviews.models.application import DECISIONS_SAID
from rapport.rules import phrases
from rapport.rules.application import DECISIONS, STAGES
from rapport.rules.etiquette import FACTS
from rapport.web.forms.days import can_be_meant
from rapport.web.interviews.stages import NAMES

if TYPE_CHECKING:
    from django.http import QueryDict

_DECIDED = {
    "offer": "They made an offer",
    "accepted": "I accepted their offer",
    "declined": "I turned their offer down",
    "rejected": "They said no",
    "withdrawn": "I withdrew",
    "silent": "Their silence is an answer",
}


_MEANWHILE = "Where it stands was changed meanwhile, perhaps in another window. Look again."


def _three_valued(label: str) -> forms.TypedChoiceField:
    """A field for what is true, false or not known."""
    choices = (("", "not known"), ("true", "yes"), ("false", "no"))
    return forms.TypedChoiceField(
        label=label, required=False, choices=choices, coerce=lambda text: text == "true", empty_value=None
    )


class DecisionForm(forms.Form):
    """One list of stages and decisions; only what may follow is offered."""

    standing = forms.ChoiceField(label="Where it stands")
    joins_on = forms.DateField(
        label="First day there",
        required=False,
        validators=[can_be_meant],
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *arguments: Any, application: Application, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.auto_id = f"application-{application.pk}-%s"
        self.application = application
        here = application.decision if application.decision != "none" else application.stage
        open_stages = [(name, NAMES[name]) for name in STAGES]
        following = DECISIONS[application.decision]
        decided = [(name, words) for name, words in _DECIDED.items() if name in following or name == here]
        field = self.fields["standing"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        if self.data.get("standing") in {*STAGES, *_DECIDED, "none"}:  # it was offered, by a page of before
            field.error_messages["invalid_choice"] = _MEANWHILE
        if application.decision == "none":
            field.choices = [("Open", open_stages), ("Decided", decided)]
        else:
            field.choices = [("Decided", decided), ("Open", [("none", "Open again")])]
        self.initial["standing"] = here
        self.initial["joins_on"] = application.joins_on
        if application.decision not in {"offer", "accepted"}:
            del self.fields["joins_on"]

    @property
    def stage(self) -> str:
        """The open stage that was chosen; "" when a decision was."""
        chosen = self.cleaned_data["standing"]
        return chosen if chosen in STAGES else ""

    @property
    def in_words(self) -> str:
        """What was chosen, as it is said to the member, who is no "I" of ours."""
        chosen = self.cleaned_data["standing"]
        if chosen in NAMES:
            return NAMES[chosen][0].lower() + NAMES[chosen][1:]
        return "open again" if chosen == "none" else DECISIONS_SAID[chosen]


class JobForm(forms.Form):
    """What an application is for."""

    job_title = forms.CharField(
        max_length=300, required=False, label="Which job?", help_text="Your drafts name it."
    )
    organisation = forms.CharField(max_length=300, required=False, label="Organisation")

    def __init__(self, application: Application, data: QueryDict | None = None) -> None:
        named = {"job_title": application.job_title, "organisation": str(application.organisation or "")}
        super().__init__(data, initial=named)

    @property
    def named(self) -> dict[str, str]:
        """What it is for, as it was typed."""
        return {name: self.cleaned_data[name] for name in ("job_title", "organisation")}


class ExpectationForm(forms.Form):
    """What they promised, and the circumstances; what is left empty stays as it is."""

    reply_by = forms.DateField(
        label="They promised an answer by",
        required=False,
        validators=[can_be_meant],
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    decision_pace = forms.ChoiceField(
        label="They decide within",
        required=False,
        choices=[
            ("", "not known"),
            *(
                (value, phrases.value_in_words("decision_pace", value))
                for value in FACTS["decision_pace"].values
            ),
        ],
    )
    via_agency = _three_valued("An agency stands between")
    search_is_secret = _three_valued("My employer must not notice")

    @classmethod
    def about(cls, application: Application) -> ExpectationForm:
        """The form as the application stands."""
        three = {None: "", True: "true", False: "false"}
        return cls(
            initial={
                "reply_by": application.reply_by,
                "decision_pace": application.decision_pace,
                "via_agency": three[application.via_agency],
                "search_is_secret": three[application.search_is_secret],
            }
        )

    def given(self) -> dict[str, Any]:
        """What was filled in."""
        return {name: value for name, value in self.cleaned_data.items() if value not in {None, ""}}
