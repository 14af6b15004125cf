"""Which kinds of sources change people by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from rapport.people.models import Kind

if TYPE_CHECKING:
    from rapport.accounts.models import Member

_WORDS = {
    Kind.IMPORT: "What you import yourself",
    Kind.MEMBER: "What other members here show you of their own cards",
    Kind.CARD: "Cards you subscribe to",
    Kind.ANSWER: "What people answer when you ask them for details",
    Kind.SIGNATURE: "Signatures of mails",
}


class KindsForm(forms.Form):
    """A tick for each kind."""

    kinds = forms.MultipleChoiceField(
        choices=[(kind.value, words) for kind, words in _WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label="Without asking you",
        help_text="The rest waits here. Of subscribed cards, answers and signatures, what would replace somebody "
        "else’s word waits always.",
    )

    def __init__(self, *arguments: Any, member: Member, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.member = member
        self.initial["kinds"] = member.applied_kinds

    def keep(self) -> None:
        """Keep it."""
        self.member.applied_kinds = self.cleaned_data["kinds"]
        self.member.save(update_fields=["applied_kinds"])
