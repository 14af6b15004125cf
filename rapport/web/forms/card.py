"""The form of a card, of a person's and of one's own: made of the card that is shown, and giving it edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.formsets import BaseFormSet, formset_factory

from rapport.importers.pictures import LARGEST, NoPicture, portrait
from rapport.people.models.card_revision import digest
from rapport.rules.card import Card, Editing
from rapport.rules.card.days import DAYS
from rapport.rules.card.jobs import JOBS
from rapport.rules.card.naming import named
from rapport.rules.card.photos import has_photo, with_photo
from rapport.rules.card.places import ADDRESSES
from rapport.rules.card.reach import MAILS, PHONES, WEB_PAGES
from rapport.rules.card.rows import Rows
from rapport.web.forms.lines import Lines
from rapport.web.forms.rows import DayRow, JobRow, MailRow, PageRow, PhoneRow, PlaceRow, Row

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

_MOST = 60
"""Rows of one kind that a form takes; nobody has as many telephones."""


class BasicsForm(forms.Form):
    """What a card has once."""

    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)
    name = forms.CharField(max_length=300, label="Name", help_text="As you say it.")
    given = forms.CharField(max_length=200, required=False, label="First name")
    family = forms.CharField(max_length=200, required=False, label="Last name")
    photo = forms.FileField(
        required=False,
        label="Photo",
        help_text="A JPEG, PNG, WebP or GIF. It is kept small, without the place and camera in it.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    no_photo = forms.BooleanField(required=False, label="Without the photo")
    tags = forms.CharField(max_length=1000, required=False, label="Tags", help_text="Separated by commas.")
    note = Lines(
        max_length=50_000,
        required=False,
        label="What the card notes",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *arguments: Any, card: Card, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.card = card
        self.initial = {
            "shown": digest(card),
            "name": card.name,
            "given": card.given_name,
            "family": card.family_name,
            "tags": ", ".join(card.categories),
            "note": card.note,
        }
        if not has_photo(card):
            del self.fields["no_photo"]
        if not card.note:
            del self.fields["note"]

    def clean_photo(self) -> bytes | None:
        """Give the picture as the card keeps it."""
        file = self.cleaned_data["photo"]
        if not isinstance(file, UploadedFile):
            return None
        try:
            return portrait(file.read(LARGEST + 1))
        except NoPicture as refusal:
            raise ValidationError(str(refusal)) from refusal

    def edited(self, card: Card) -> Card:
        """Give the card with what was said here."""
        said = self.cleaned_data
        if "name" in said:
            card = named(card, name=said["name"], given=said["given"], family=said["family"])
        editing = Editing(card)
        if "tags" in self.changed_data:
            tags = (tag.strip() for tag in said["tags"].split(","))
            editing.say("CATEGORIES", list(dict.fromkeys(filter(None, tags))))
        if "note" in self.changed_data:
            editing.say("NOTE", said["note"])
        card = editing.card
        if said.get("photo"):
            return with_photo(card, said["photo"])
        return with_photo(card, None) if said.get("no_photo") else card


class RowSet(BaseFormSet):  # type: ignore[type-arg]  # only the stubs are generic
    """The rows of one kind; one that is not touched is not asked whether it is right, since a source said it so."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Let every row stay as it is."""
        return super().get_form_kwargs(index) | {"empty_permitted": True, "use_required_attribute": False}

    def values(self, standing: list[Any]) -> list[Any]:
        """Give what the rows say: as many as stand in the card, then new ones. None is no row."""
        stay = [*standing, *(None for _ in self.forms[len(standing) :])]
        said = [_said(form, value) for form, value in zip(self.forms, stay, strict=False)]
        return [*said, *standing[len(said) :]]


def _said(form: Row, standing: Any) -> Any:
    if form.cleaned_data.get("DELETE"):
        return None
    return form.value() if form.has_changed() else standing


@dataclass
class Section:
    """One kind of row on the page: its name in addresses, its words, its rows; `folds`: a new one is folded away."""

    name: str
    title: str
    one: str
    kind: Rows[Any, Any]
    rows: RowSet

    @property
    def folds(self) -> bool:
        """Whether the empty row is long, and seldom wanted: a further job, an address."""
        return self.name == "places" or (self.name == "jobs" and self.rows.initial_form_count() > 0)


KINDS: tuple[tuple[str, str, str, Rows[Any, Any], type[Row]], ...] = (
    ("jobs", "Work", "job", JOBS, JobRow),
    ("mails", "E-mail", "address", MAILS, MailRow),
    ("phones", "Telephone", "number", PHONES, PhoneRow),
    ("places", "Post", "postal address", ADDRESSES, PlaceRow),
    ("pages", "On the web", "page", WEB_PAGES, PageRow),
    ("days", "Days to remember", "day", DAYS, DayRow),
)


class CardForm:
    """A card to be edited. `more` is the kind of row that one more of is wanted: nothing is kept then.

    `country` is where numbers without a country's code are dialled.
    """

    kinds = KINDS

    def __init__(
        self,
        card: Card,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
        *,
        country: str = "",
    ) -> None:
        self.card = card
        self.more = data.get("more", "") if data is not None else ""
        self.basics = BasicsForm(data, files, card=card)
        self.sections = [self._section(*kind, data=data, country=country) for kind in self.kinds]

    def _section(
        self,
        name: str,
        title: str,
        one: str,
        kind: Rows[Any, Any],
        form: type[Row],
        *,
        data: QueryDict | None,
        country: str,
    ) -> Section:
        rows = formset_factory(form, RowSet, extra=1, can_delete=True, max_num=_MOST, absolute_max=_MOST)
        initial = [form.initial_of(value) for value in kind.of(self.card)]
        made: Any = rows(
            _with_one_more(data, name) if data is not None and self.more == name else data,
            prefix=name,
            initial=initial,
            form_kwargs={"dialled_in": country},
        )
        if self.more == name and made.forms:
            first = next(iter(made.forms[-1].fields.values()))
            first.widget.attrs["autofocus"] = True
        return Section(name, title, one, kind, made)

    @property
    def is_asking(self) -> bool:
        """Whether only one more row is asked for."""
        return bool(self.more)

    def is_valid(self) -> bool:
        """Whether everything said can be kept; every mistake stands beside its field."""
        return all([self.basics.is_valid(), *(section.rows.is_valid() for section in self.sections)])

    def edited(self) -> Card:
        """Give the card as the form says it; what is not on the form stays as it was."""
        card = self.basics.edited(self.card)
        for section in self.sections:
            card = section.kind.edited(card, section.rows.values(section.kind.of(self.card)))
        return card


def _with_one_more(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Give what was sent, with room for one row more."""
    key = f"{name}-TOTAL_FORMS"
    total = str(data.get(key, ""))
    copied = data.copy()  # type: ignore[attr-defined]  # a QueryDict
    copied[key] = str(min(int(total[:4]) if total.isdecimal() else 0, _MOST - 1) + 1)
    return copied  # type: ignore[no-any-return]  # as above
