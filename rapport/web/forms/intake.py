"""Bringing something in: files and pasted text, or a name typed by hand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from rapport.web.forms.days import can_be_meant
from rapport.web.forms.subscription import CardAddressField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapport.importers.text.prose import Mention

_AT_MOST = 50


class SeveralFilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is given on, whatever it holds: telling files apart is intake's task."""

    widget = SeveralFilesInput

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Give the files, an empty list when there is none."""
        found = [file for file in (value or []) if file]
        if len(found) > _AT_MOST:
            raise ValidationError(f"These are {len(found)} files; bring at most {_AT_MOST} at once.")
        return [super(FilesField, self).clean(file, initial) for file in found]


class BringForm(forms.Form):
    """Files, or a text pasted from a mail."""

    files = FilesField(  # type: ignore[assignment]  # the field's name hides the form's own files until it is made
        required=False,
        label="A file",
        help_text="An invitation (.ics), a mail (.eml, .mbox), cards (.vcf) or your LinkedIn data archive "
        "(.zip, .csv), up to 256 MB; several at once are one batch. A picture of a business card is read, and you "
        "confirm what it says.",
    )
    photo = FilesField(
        required=False,
        label="Or photograph a business card",
        help_text="A JPEG, PNG or WebP of up to 10 MB. It stays on this machine, and is gone once you confirm it.",
        widget=SeveralFilesInput(
            attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}
        ),
    )
    text = forms.CharField(
        required=False,
        label="Or paste the invitation",
        help_text="A text that names the interview, whom you will meet, and the day and hour.",
        widget=forms.Textarea(
            attrs={
                "rows": 5,
                "placeholder": "Hi, your interview with Dana Lee, VP Engineering, is on 27 November at 10:00 …",
            }
        ),
    )

    def clean(self) -> dict[str, Any]:
        """One of both is needed."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("files") and not cleaned.get("photo") and not cleaned.get("text", "").strip():
            raise ValidationError("There is nothing to read yet. Choose a file, or paste the invitation.")
        return cleaned

    def cannot_be_read(self, sentences: Iterable[str]) -> None:
        """Say beside the pasted text what it does not say, with the cursor in it."""
        self.add_error("text", list(sentences))
        self.fields["text"].widget.attrs["autofocus"] = True


class TypeForm(forms.Form):
    """Somebody met, typed by hand."""

    name = forms.CharField(max_length=300, label="Whom did you meet?")
    title = forms.CharField(max_length=300, required=False, label="What they do")
    organisation = forms.CharField(max_length=300, required=False, label="Where")
    job_title = forms.CharField(
        max_length=300, required=False, label="Which job?", help_text="The one you were interviewed for."
    )
    email = forms.EmailField(required=False, label="E-mail")
    card_at = CardAddressField(
        required=False,
        label="Their card on the web",
        help_text="An https address of a .vcf file. It is looked at once a day.",
    )
    when = forms.DateTimeField(
        required=False,
        validators=[can_be_meant],
        label="When was the interview?",
        help_text="Leave it empty for somebody met elsewhere: they go into your book without a plan.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        """A job goes with an interview."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("job_title") and not cleaned.get("when") and "when" not in self.errors:
            self.add_error("when", "When was it? A job is kept with the interview for it.")
        return cleaned

    @classmethod
    def filled(cls, who: Mention | None, organisation: str, when: datetime | None) -> Self:
        """Give the form filled with what a text names, for the member to look over."""
        said = {"name": who.name, "title": who.title or ""} if who else {}
        return cls(initial={**said, "organisation": organisation, "when": when})
