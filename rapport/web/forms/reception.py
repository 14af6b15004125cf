"""How a member likes to be approached: simple wishes in a form, each of which means norms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from rapport.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Wish:
    """One answer to "how do you like it": its words in the form, and the norms that it means."""

    key: str
    words: str
    norms: tuple[dict[str, Any], ...]


def _norm(identifier: str, act: str, channel: str, verdict: str, because: str, **more: Any) -> dict[str, Any]:
    said = {"id": identifier, "act": act, "channel": channel, "verdict": verdict, "strength": "must"}
    return {**said, "because": because, "source": "Their own word", **more}


_WISHES: Mapping[str, tuple[str, tuple[Wish, ...]]] = {
    "invite": (
        "Invitations on a professional network",
        (
            Wish(
                "do",
                "Welcome at any time",
                (_norm("welcome", "invite", "professional", "do", "They welcome invitations at any time."),),
            ),
            Wish(
                "hold",
                "After the decision, please",
                (
                    _norm(
                        "after-the-decision",
                        "invite",
                        "professional",
                        "hold",
                        "They ask that invitations wait for the decision.",
                        until="decision",
                        when={"decision": "none"},
                    ),
                ),
            ),
            Wish(
                "avoid",
                "Only from people I know well",
                (
                    _norm(
                        "known-people-only",
                        "invite",
                        "professional",
                        "avoid",
                        "They connect only with people they know well.",
                        when={"contact_outside": False},
                    ),
                ),
            ),
        ),
    ),
    "thank": (
        "Thank-you notes",
        (
            Wish(
                "email",
                "By e-mail is plenty",
                (
                    _norm(
                        "email-is-plenty", "thank", "letter", "optional", "They say that an e-mail is plenty."
                    ),
                ),
            ),
            Wish(
                "letter",
                "A card by hand is a pleasure",
                (_norm("card-is-a-pleasure", "thank", "letter", "do", "They are glad of a card by hand."),),
            ),
        ),
    ),
    "phone": (
        "Calls out of the blue",
        (
            Wish(
                "optional",
                "Are fine",
                (_norm("calls-are-fine", "talk_first", "phone", "optional", "They do not mind a call."),),
            ),
            Wish(
                "avoid",
                "Please write instead",
                tuple(
                    _norm(identifier, act, "phone", "avoid", "They ask to be written to, not called.")
                    for identifier, act in (("please-write", "talk_first"), ("please-write-thanks", "thank"))
                ),
            ),
        ),
    ),
    "follow": (
        "Following me on a microblog",
        (
            Wish(
                "optional",
                "Anybody may",
                (_norm("anybody-may-follow", "follow", "microblog", "optional", "Anybody may follow them."),),
            ),
            Wish(
                "avoid",
                "Rather not after an interview",
                (
                    _norm(
                        "rather-no-follow",
                        "follow",
                        "microblog",
                        "avoid",
                        "They would rather not be followed after an interview.",
                    ),
                ),
            ),
        ),
    ),
}
"""Each question with its label and the wishes one can have."""


class ReceptionForm(forms.ModelForm):  # type: ignore[type-arg]  # only the stubs are generic
    """How the member likes to be approached: a choice for each question, kept as the norms they mean."""

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        standing = {norm["id"] for norm in self.instance.reception}
        for name, (label, wishes) in _WISHES.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                widget=forms.RadioSelect,
                choices=[("", "I leave it to good manners"), *((wish.key, wish.words) for wish in wishes)],
                required=False,
            )
            meant = (wish.key for wish in wishes if standing & {norm["id"] for norm in wish.norms})
            self.initial[name] = next(meant, "")

    def save(self, commit: bool = True) -> Member:
        """Keep the norms that the choices mean."""
        self.instance.reception = [
            norm
            for name, (_, wishes) in _WISHES.items()
            for wish in wishes
            if wish.key == self.cleaned_data[name]
            for norm in wish.norms
        ]
        saved: Member = super().save(commit)
        return saved
