"""The member's own card: what stands on their letters and envelopes, and under their mails."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rapport.accounts.models import Member, PostalTime
from rapport.rules.card import Card
from rapport.rules.countries import country_names
from rapport.web.forms.postal import PostalForm, address_in, written_in


class OwnCardForm(PostalForm):
    """How letters and mails name the member besides their name."""

    title = forms.CharField(max_length=300, required=False, label="What you do")
    phone = forms.CharField(max_length=64, required=False)
    email = forms.EmailField(required=False, label="E-mail")
    signature = forms.CharField(
        max_length=1000,
        required=False,
        label="How you sign",
        help_text="Under words without a closing of their own. Its first line may be one: With kind regards,",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ["title", "phone", "email", "signature"]

    def __init__(self, *arguments: Any, member: Member, **options: Any) -> None:
        super().__init__(*arguments, **{"auto_id": "card_%s"} | options)
        self.member = member
        card = member.own_card
        self.initial = written_in(card.postal_address, member.country) | {
            "title": card.title,
            "phone": next(iter(card.phones), ""),
            "email": next(iter(card.emails), ""),
            "signature": card.signature,
        }

    def save(self) -> None:
        """Keep it as the member's card, in place of the one before."""
        said = self.cleaned_data
        self.member.keep_card(
            Card.of(
                name=self.member.name,
                title=said["title"],
                phone=said["phone"],
                email=said["email"],
            ).saying(address=address_in(said, "home"), signature=said["signature"]),
        )


class PostalTimeForm(forms.ModelForm):  # type: ignore[type-arg]  # only the stubs are generic
    """How long letters take between two countries."""

    sender = forms.ChoiceField(label="From", choices=[("", "—"), *country_names().items()])
    destination = forms.ChoiceField(label="To", choices=[("", "—"), *country_names().items()])

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
