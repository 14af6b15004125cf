"""What a member sets: who they are, their hours, their limits, and how they like to be approached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError

from rapport.accounts.models import Address, Member
from rapport.rules.etiquette.conditions import nearest_spelling


class YouForm(forms.ModelForm):  # type: ignore[type-arg]  # only the stubs are generic
    """Name, zone, country and working hours: plans are made and times are shown by them."""

    class Meta:
        model = Member
        fields = ("name", "time_zone", "country", "works_from", "works_until")
        labels = {
            "name": "Your name",
            "time_zone": "Your time zone",
            "country": "Your country",
            "works_from": "Your day begins",
            "works_until": "Your day ends",
        }
        help_texts = {
            "name": "Drafts are signed with it, and invitations are read by it.",
            "time_zone": "As in Europe/Lisbon or America/New_York.",
            "country": "Its two letters, as PT: for working days and the post.",
        }
        widgets = {
            "works_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "works_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def clean_time_zone(self) -> str:
        """Give the zone's name as the time-zone data spells it."""
        said = self.cleaned_data["time_zone"].strip().replace(" ", "_")
        zones = {name.casefold(): name for name in available_timezones()}
        if said.casefold() not in zones:
            near = nearest_spelling(said, sorted(zones.values()))
            raise ValidationError(f"There is no time zone {said!r}.{near}")
        return zones[said.casefold()]

    def clean_country(self) -> str:
        """Two letters, or nothing."""
        said: str = self.cleaned_data["country"].strip().upper()
        if said and (len(said) != 2 or not said.isalpha()):  # noqa: PLR2004 - ISO 3166-1 alpha-2
            raise ValidationError("Write the country's two letters, as PT or DE.")
        return said

    def clean(self) -> dict[str, Any]:
        """A day ends after it begins."""
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("works_from"), cleaned.get("works_until")
        if begins and ends and ends <= begins:
            self.add_error("works_until", "Your day ends before it begins; write a later time.")
        return cleaned


class LimitsForm(forms.ModelForm):  # type: ignore[type-arg]  # only the stubs are generic
    """What a site allows: sites change these, so they are settings."""

    class Meta:
        model = Member
        fields = ("note_limit", "notes_a_month", "invitations_a_week")
        labels = {
            "note_limit": "Characters in a note",
            "notes_a_month": "Notes a month",
            "invitations_a_week": "Invitations a week",
        }
        help_texts = {
            "note_limit": "200 on a free account, 300 on a paid one.",
            "notes_a_month": "A free account has between 3 and 10.",
        }


class AddressForm(forms.ModelForm):  # type: ignore[type-arg]  # only the stubs are generic
    """One more address that is the member."""

    class Meta:
        model = Address
        fields = ("email",)
        labels = {"email": "Another address of yours"}

    def __init__(self, *arguments: Any, member: Member, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.member = member

    def clean_email(self) -> str:
        """Lower case, and not there yet."""
        email: str = self.cleaned_data["email"].lower()
        if email in self.member.own_addresses:
            raise ValidationError(f"{email} is in the list already.")
        return email

    def save(self, commit: bool = True) -> Address:
        """Keep it as the member's."""
        self.instance.member = self.member
        saved: Address = super().save(commit)
        return saved


class DeletionForm(forms.Form):
    """The word that deletes everything."""

    word = forms.CharField(
        label="Type “delete everything”", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_word(self) -> str:
        """The exact words, in any capitals."""
        word: str = self.cleaned_data["word"].strip().lower()
        if word != "delete everything":
            raise ValidationError("Nothing was deleted. Type the two words: delete everything.")
        return word


class ReceptionForm(forms.Form):
    """How the member likes to be approached, as simple choices that become norms."""

    invite = forms.ChoiceField(
        label="Invitations on a professional network",
        widget=forms.RadioSelect,
        choices=[
            ("", "I leave it to good manners"),
            ("do", "Welcome at any time"),
            ("hold", "After the decision, please"),
            ("avoid", "Only from people I know well"),
        ],
        required=False,
    )
    thank = forms.ChoiceField(
        label="Thank-you notes",
        widget=forms.RadioSelect,
        choices=[
            ("", "I leave it to good manners"),
            ("email", "By e-mail is plenty"),
            ("letter", "A card by hand is a pleasure"),
        ],
        required=False,
    )
    phone = forms.ChoiceField(
        label="Calls out of the blue",
        widget=forms.RadioSelect,
        choices=[
            ("", "I leave it to good manners"),
            ("optional", "Are fine"),
            ("avoid", "Please write instead"),
        ],
        required=False,
    )
    follow = forms.ChoiceField(
        label="Following me on a microblog",
        widget=forms.RadioSelect,
        choices=[
            ("", "I leave it to good manners"),
            ("optional", "Anybody may"),
            ("avoid", "Rather not after an interview"),
        ],
        required=False,
    )

    @classmethod
    def of(cls, member: Member) -> ReceptionForm:
        """The form as the member's norms stand."""
        standing = {norm["id"]: norm for norm in member.reception}
        initial = {
            name: next(
                (key for key, norms in options.items() if any(norm["id"] in standing for norm in norms)), ""
            )
            for name, options in _MEANT.items()
        }
        return cls(initial=initial)

    def norms(self) -> list[dict[str, Any]]:
        """The norms that the choices mean."""
        return [norm for name, options in _MEANT.items() for norm in options.get(self.cleaned_data[name], [])]


def _norm(identifier: str, act: str, channel: str, verdict: str, because: str, **more: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "act": act,
        "channel": channel,
        "verdict": verdict,
        "strength": "must",
        "because": because,
        "source": "Their own word",
        **more,
    }


_MEANT: Mapping[str, Mapping[str, list[dict[str, Any]]]] = {
    "invite": {
        "do": [_norm("welcome", "invite", "professional", "do", "They welcome invitations at any time.")],
        "hold": [
            _norm(
                "after-the-decision",
                "invite",
                "professional",
                "hold",
                "They ask that invitations wait for the decision.",
                until="decision",
                when={"decision": "none"},
            )
        ],
        "avoid": [
            _norm(
                "known-people-only",
                "invite",
                "professional",
                "avoid",
                "They connect only with people they know well.",
                when={"contact_outside": False},
            )
        ],
    },
    "thank": {
        "email": [
            _norm("email-is-plenty", "thank", "letter", "optional", "They say that an e-mail is plenty.")
        ],
        "letter": [_norm("card-is-a-pleasure", "thank", "letter", "do", "They are glad of a card by hand.")],
    },
    "phone": {
        "optional": [_norm("calls-are-fine", "talk_first", "phone", "optional", "They do not mind a call.")],
        "avoid": [
            _norm("please-write", "talk_first", "phone", "avoid", "They ask to be written to, not called."),
            _norm("please-write-thanks", "thank", "phone", "avoid", "They ask to be written to, not called."),
        ],
    },
    "follow": {
        "optional": [
            _norm("anybody-may-follow", "follow", "microblog", "optional", "Anybody may follow them.")
        ],
        "avoid": [
            _norm(
                "rather-no-follow",
                "follow",
                "microblog",
                "avoid",
                "They would rather not be followed after an interview.",
            )
        ],
    },
}
