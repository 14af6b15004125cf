"""The member's own card: what stands on their letters and envelopes, and under their mails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from rapport.accounts.models import Member, PostalTime
from rapport.people.models.card_revision import digest
from rapport.rules.audience import items_of, showing
from rapport.rules.card import Card, Editing
from rapport.web.forms.card import CardForm
from rapport.web.forms.countries import CountryField
from rapport.web.forms.lines import Lines

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict


class SignatureForm(forms.Form):
    """How the member signs."""

    signature = Lines(
        max_length=1000,
        required=False,
        label="How you sign",
        help_text="Under words without a closing of their own. Its first line may be one: With kind regards,",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OwnCardForm(CardForm):
    """The member's own card; their name is in the settings."""

    def __init__(
        self,
        member: Member,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
    ) -> None:
        super().__init__(member.own_card, data, files, country=member.posts_from)
        for name in ("name", "given", "family", "tags"):
            del self.basics.fields[name]
        self.signing = SignatureForm(data, initial={"signature": self.card.signature})

    @property
    def is_of_today(self) -> bool:
        """Whether the form was made of the card as it stands now, and not of one changed elsewhere meanwhile."""
        return self.basics.data.get("shown") == digest(self.card)

    def is_valid(self) -> bool:
        """See CardForm."""
        return all([super().is_valid(), self.signing.is_valid()])

    def edited(self) -> Card:
        """See CardForm."""
        editing = Editing(super().edited())
        if "signature" in self.signing.changed_data:
            editing.say("X-SIGNATURE", self.signing.cleaned_data["signature"])
        return editing.card


class AudienceForm(forms.Form):
    """Who sees what of the member's own card: a row of choices for each thing on it, nothing chosen at first."""

    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, *arguments: Any, card: Card, audiences: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.card = card
        self.items = items_of(card)
        self.initial["shown"] = digest(card)
        for number, item in enumerate(self.items):
            self.fields[f"item-{number}"] = forms.MultipleChoiceField(
                choices=audiences,
                required=False,
                label=f"{item.what}: {item.says}",
                widget=forms.CheckboxSelectMultiple,
                initial=sorted(item.audiences),
            )

    def clean_shown(self) -> str:
        """A card that was changed meanwhile has other rows."""
        if self.cleaned_data["shown"] != digest(self.card):
            raise ValidationError("Your card was changed meanwhile. Look again who sees what.")
        return str(self.cleaned_data["shown"])

    def edited(self) -> Card:
        """Give the card, shown to whom the form says."""
        return showing(
            self.card, [set(self.cleaned_data[f"item-{number}"]) for number in range(len(self.items))]
        )


class PostalTimeForm(forms.ModelForm):  # type: ignore[type-arg]  # only the stubs are generic
    """How long letters take between two countries."""

    sender = CountryField(label="From")
    destination = CountryField(label="To")

    class Meta:
        model = PostalTime
        fields = ("sender", "destination", "working_days")
        labels = {"working_days": "Working days"}

    def __init__(self, *arguments: Any, member: Member, **options: Any) -> None:
        stated = {"auto_id": "post_%s", "initial": {"sender": member.posts_from}}
        super().__init__(*arguments, **stated | options)
        self.member = member

    def clean_working_days(self) -> int:
        """A letter sets out on one day and arrives on another."""
        days: int = self.cleaned_data["working_days"]
        if days < 1:
            raise ValidationError("A letter takes a working day at least.")
        return days

    def keep(self) -> PostalTime:
        """Keep it, in place of what was said of the same two countries."""
        said = self.cleaned_data
        kept, _ = PostalTime.objects.update_or_create(
            member=self.member,
            sender=said["sender"],
            destination=said["destination"],
            defaults={"working_days": said["working_days"]},
        )
        return kept
