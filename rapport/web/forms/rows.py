"""The rows of a card's form: one small form a row, which reads a value of the card and gives one."""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.forms.forms import DeclarativeFieldsMetaclass
from email_validator import EmailNotValidError, validate_email

from rapport.people.models.sphere import Sphere
from rapport.rules.card import PostalAddress
from rapport.rules.card.days import Day
from rapport.rules.card.jobs import Job
from rapport.rules.card.reach import Mail, Page, Phone
from rapport.web.forms.partial_day import PartialDayField
from rapport.web.forms.postal import PARTS, PostalForm, address_in, is_said, written_in

SPHERES = [(Sphere.PROFESSIONAL.value, "Business"), (Sphere.SOCIAL.value, "Social")]


class _Kind(DeclarativeFieldsMetaclass, ABCMeta):
    """The class of a form that leaves to each kind of row what it reads and gives."""


class Row(forms.Form, metaclass=_Kind):
    """One row; `dialled_in` (ISO 3166) is the country of numbers without its code."""

    def __init__(self, *arguments: Any, dialled_in: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.dialled_in = dialled_in

    @staticmethod
    @abstractmethod
    def initial_of(value: Any) -> dict[str, Any]:
        """Give what the fields hold for a value."""

    @abstractmethod
    def value(self) -> Any:
        """Give what the cleaned fields say; None when they say nothing."""


class PhoneRow(Row):
    """A telephone number."""

    number = forms.CharField(
        max_length=64,
        required=False,
        label="Number",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        required=False,
        label="Which",
        choices=[("", "Any"), ("mobile", "Mobile"), ("work", "Work"), ("home", "Home"), ("fax", "Fax")],
    )

    @staticmethod
    def initial_of(value: Phone) -> dict[str, Any]:
        """See Row."""
        return {"number": value.number, "kind": value.kind}

    def clean_number(self) -> str:
        """A number that some telephone could have; it is kept as it was written."""
        written: str = self.cleaned_data["number"]
        if not written:
            return written
        try:
            number = phonenumbers.parse(written, self.dialled_in or None)
        except phonenumbers.NumberParseException as error:
            how = "Write the number with its country's code, as +351 21 000 0000."
            raise ValidationError(
                how if error.error_type == error.INVALID_COUNTRY_CODE else f"This is no number. {how}"
            ) from error
        if not phonenumbers.is_possible_number(number):
            raise ValidationError("This number is too long or too short for its country.")
        return written

    def value(self) -> Phone | None:
        """See Row."""
        number = self.cleaned_data.get("number")
        return Phone(number, self.cleaned_data["kind"]) if number else None


class MailRow(Row):
    """An e-mail address and its sphere."""

    address = forms.CharField(
        max_length=320,
        required=False,
        label="Address",
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
    )
    sphere = forms.ChoiceField(required=False, label="For", choices=SPHERES)

    @staticmethod
    def initial_of(value: Mail) -> dict[str, Any]:
        """See Row."""
        return {"address": value.address, "sphere": value.sphere}

    def clean_address(self) -> str:
        """An address as mail can have it; whether anybody is there is not asked."""
        written: str = self.cleaned_data["address"]
        if not written:
            return written
        try:
            return validate_email(written, check_deliverability=False, globally_deliverable=False).normalized
        except EmailNotValidError as error:
            raise ValidationError(f"This is no e-mail address. {error}") from error

    def value(self) -> Mail | None:
        """See Row."""
        address = self.cleaned_data.get("address")
        return Mail(address, self.cleaned_data["sphere"] or Sphere.PROFESSIONAL.value) if address else None


class PlaceRow(PostalForm, Row):
    """A postal address."""

    field_order = ["place", *PARTS]

    place = forms.ChoiceField(
        required=False,
        label="Which",
        choices=[("work", "Work"), ("home", "Home"), ("", "Other")],
        initial="work",
    )

    @staticmethod
    def initial_of(value: PostalAddress) -> dict[str, Any]:
        """See Row."""
        return written_in(value) | {"place": value.place}

    def value(self) -> PostalAddress | None:
        """See Row."""
        return (
            address_in(self.cleaned_data, self.cleaned_data["place"]) if is_said(self.cleaned_data) else None
        )


class JobRow(Row):
    """A job, present or former."""

    title = forms.CharField(max_length=300, required=False, label="Job title")
    organisation = forms.CharField(max_length=300, required=False, label="Organisation")
    since = PartialDayField(has_day=False, label="Since")
    until = PartialDayField(has_day=False, label="Until")
    is_former = forms.BooleanField(required=False, label="Not any more")

    @staticmethod
    def initial_of(value: Job) -> dict[str, Any]:
        """See Row."""
        since, until = (
            PartialDayField(has_day=False).widget.decompress(day) for day in (value.since, value.until)
        )
        return {
            "title": value.title,
            "organisation": value.organisation,
            "since": since,
            "until": until,
            "is_former": value.is_former,
        }

    def clean(self) -> dict[str, Any]:
        """A job has a name or a place, and ends after it began."""
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if (
            since
            and until
            and until[: 1 + bool(since.month and until.month)]
            < since[: 1 + bool(since.month and until.month)]
        ):
            self.add_error("until", "This is before it began.")
        if (since or until) and not (cleaned.get("title") or cleaned.get("organisation")):
            self.add_error("title", "What did they do, or where?")
        return cleaned

    def value(self) -> Job | None:
        """See Row."""
        said = self.cleaned_data
        if not (said.get("title") or said.get("organisation")):
            return None
        is_former = said["is_former"] or said["until"] is not None
        return Job(said["organisation"], said["title"], said["since"], said["until"], is_former)


class DayRow(Row):
    """A day that comes back."""

    label = forms.CharField(
        max_length=100,
        required=False,
        label="What",
        widget=forms.TextInput(attrs={"list": "days-known", "autocomplete": "off"}),
    )
    date = PartialDayField(label="When")

    @staticmethod
    def initial_of(value: Day) -> dict[str, Any]:
        """See Row."""
        return {"label": value.label, "date": PartialDayField().widget.decompress(value.date)}

    def clean(self) -> dict[str, Any]:
        """A day of something."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("date") and not cleaned.get("label"):
            self.add_error("label", "What day is it? Birthday, perhaps.")
        if cleaned.get("label") and "date" in cleaned and not cleaned["date"]:
            self.add_error("date", "When is it?")
        return cleaned

    def value(self) -> Day | None:
        """See Row."""
        said = self.cleaned_data
        return Day(said["label"], said["date"]) if said.get("date") else None


class PageRow(Row):
    """A page on the web, a profile among them."""

    address = forms.URLField(
        max_length=500,
        required=False,
        label="Address",
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    label = forms.CharField(max_length=100, required=False, label="Words beside it")

    @staticmethod
    def initial_of(value: Page) -> dict[str, Any]:
        """See Row."""
        return {"address": value.address, "label": value.label}

    def value(self) -> Page | None:
        """See Row."""
        address = self.cleaned_data.get("address")
        return Page(address, self.cleaned_data["label"]) if address else None
