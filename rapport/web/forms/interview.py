"""An interview put right: what job it is for, when it is, how and where; and somebody who was there."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from rapport.importers.findings import Kind
from rapport.rules import phrases
from rapport.web.forms.application import JobForm
from rapport.web.forms.lines import Lines
from rapport.web.forms.zones import ClockField, zone_called

if TYPE_CHECKING:
    from django.http import QueryDict

    from rapport.interviews.models import Interview

_KINDS = [
    (str(kind), "not known" if kind is Kind.UNKNOWN else phrases.value_in_words("kind", kind))
    for kind in reversed(Kind)
]
_ALIKE = ("title", "kind", "location", "video_url")
"""Fields that are columns of the interview."""

_IS_LINK = URLValidator(schemes=["http", "https"])
_LONGEST_PLACE = 10_000


class InterviewForm(JobForm):
    """An interview as it stands; what is left as it was is not typed over."""

    title = forms.CharField(max_length=500, label="What the interview is called")
    starts = ClockField(label="It begins")
    ends = ClockField(label="It ends")
    time_zone = forms.CharField(
        max_length=64, label="Time zone", help_text="As in Europe/Lisbon or America/New_York."
    )
    kind = forms.ChoiceField(choices=_KINDS, label="How it is held")
    location = Lines(
        max_length=_LONGEST_PLACE,
        required=False,
        label="The place",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    video_url = forms.CharField(
        max_length=1000,
        required=False,
        label="The link of the call",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def __init__(self, interview: Interview, data: QueryDict | None = None) -> None:
        super().__init__(interview.application, data)
        self.fields["organisation"].help_text = "Job and organisation count for the whole application."
        zone = interview.time_zone or interview.member.time_zone
        self.initial = {
            **self.initial,
            "title": " ".join(interview.title.split()),
            "starts": _clock(interview.starts_at, zone),
            "ends": _clock(interview.ends_at, zone),
            "time_zone": zone,
            "kind": interview.kind,
            "location": "\n".join(interview.location.splitlines()).strip(),
            "video_url": interview.video_url,
        }

    def clean_time_zone(self) -> str:
        """Give the zone's name as the time-zone data spells it."""
        return zone_called(self.cleaned_data["time_zone"])

    def clean_video_url(self) -> str:
        """Only what a browser follows is a link; the one that came with the invitation stays."""
        said: str = self.cleaned_data["video_url"]
        if said and "video_url" in self.changed_data:
            try:
                _IS_LINK(said)
            except ValidationError as error:
                raise ValidationError("That is no link. Copy it whole: https://meet.example/…") from error
        return said

    def clean(self) -> dict[str, Any]:
        """An interview ends after it begins."""
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "It ends before it begins; write a later time.")
        return cleaned

    @property
    def fields_said(self) -> dict[str, Any]:
        """What was typed over, as columns of an interview; moments in UTC."""
        said = {name: self.cleaned_data[name] for name in _ALIKE if name in self.changed_data}
        if {"starts", "ends", "time_zone"} & set(self.changed_data):
            zone = self.cleaned_data["time_zone"]
            said["time_zone"] = zone
            for name in ("starts", "ends"):
                there = self.cleaned_data[name].replace(tzinfo=ZoneInfo(zone))
                said[f"{name}_at"] = there.astimezone(UTC)
        return said


class MetForm(forms.Form):
    """Somebody who was met in an interview."""

    name = forms.CharField(max_length=300, label="Whom did you meet?")
    email = forms.EmailField(
        required=False, label="E-mail", help_text="Somebody in your book is known again by it."
    )
    title = forms.CharField(max_length=300, required=False, label="What they do")
    role = forms.ChoiceField(
        required=False,
        label=phrases.FACTS["role"],
        choices=[("", "not known"), *phrases.values_in_words("role")],
    )

    def __init__(self, data: QueryDict | None = None, *, is_ahead: bool) -> None:
        super().__init__(data)
        self.is_ahead = is_ahead
        if is_ahead:
            self.fields["name"].label = "Whom will you meet?"


def _clock(moment: Any, zone: str) -> Any:
    """What clocks show, to the minute, as a browser's field does."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)
