"""What a list of people is narrowed by: words and filters, all of them in the address of the page."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q
from django.shortcuts import get_object_or_404

from rapport.followups.contact import met_between, spoken_since
from rapport.interviews.models import Interviewer
from rapport.people.birthdays import with_birthday
from rapport.people.finding import best, fitting
from rapport.people.models import NamedList, Organisation, Person
from rapport.people.models.sphere import Sphere
from rapport.web.forms.narrowing import NarrowingForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rapport.accounts.models import Member
    from rapport.people.models.person import PersonQuerySet

BIRTHDAYS = 14
"""Days for which birthdays are told ahead."""

_A_MONTH = 30.44
_FIRST = datetime(1900, 1, 1, tzinfo=UTC)


class Narrowing:
    """One member's people as an address narrows them; what in it cannot be meant narrows nothing, and is said."""

    def __init__(self, member: Member, asked: Mapping[str, str], now: datetime) -> None:
        self.member = member
        self.now = now
        self.form = NarrowingForm(asked)
        self.form.is_valid()
        self._said: dict[str, Any] = getattr(self.form, "cleaned_data", {})
        key = asked.get("list", "")
        self.list: NamedList | None = None
        if key:
            mine = NamedList.objects.seen_by(member)
            self.list = get_object_or_404(mine, pk=int(key[:18]) if key.isdecimal() else 0)

    @property
    def words(self) -> str:
        """What is looked for."""
        return str(self._said.get("q") or "")

    @property
    def sphere(self) -> str:
        """The sphere that is looked at, or "" for both."""
        return str(self._said.get("sphere") or "")

    @cached_property
    def filters(self) -> dict[str, str]:
        """Give what narrows, as it stands in an address."""
        said = {name: str(value) for name, value in self._said.items() if value}
        return said | ({"list": str(self.list.pk)} if self.list else {})

    @property
    def is_filtered(self) -> bool:
        """Whether anything besides words and a sphere narrows."""
        return bool(self.filters.keys() - {"q", "sphere"})

    def query(self, **others: str) -> str:
        """Give the query of the address, with some parts said otherwise; "" leaves one out."""
        return urlencode({name: said for name, said in (self.filters | others).items() if said})

    def keys(self) -> Any:
        """Give the keys of those who fit in the order of a list: a query set, or, of words, the likeliest as a list."""
        if self.words:
            return best(self._filtered(), self.words, self.member)
        return self._filtered().order_by("name", "pk").values_list("pk", flat=True)

    def people(self) -> PersonQuerySet:
        """Give those who fit, in no order and typos not forgiven."""
        return fitting(self._filtered(), self.words, self.member)

    def _filtered(self) -> PersonQuerySet:
        found: PersonQuerySet = self.list.people if self.list else Person.objects.seen_by(self.member)  # type: ignore[assignment]
        if self.sphere:
            found = found.in_sphere(Sphere(self.sphere))
        if organisation := self._said.get("organisation"):
            places = Organisation.objects.seen_by(self.member).of_name(organisation)
            found = found.filter(organisation__in=places.values("pk"))
        if tag := self._said.get("tag"):
            found = found.tagged(tag)
        if self._said.get("met_from") or self._said.get("met_until"):
            found = found.filter(self._met(self._said.get("met_from"), self._said.get("met_until")))
        if months := self._said.get("silent"):
            since = self.now - timedelta(days=_A_MONTH * int(months))
            found = found.not_heard_since(since)
            for spoken in spoken_since(self.member, since, self.now):
                found = found.exclude(pk__in=spoken)
        if days := self._said.get("birthday"):
            here = self.now.astimezone(self.member.zone).date()
            found = with_birthday(found, here, int(days))
        return found

    def _met(self, begins: date | None, ends: date | None) -> Q:
        """Who was met in an interview then; of others it counts when they came into the book."""
        first = self._midnight(begins) if begins else _FIRST
        last = self._midnight(ends + timedelta(days=1)) if ends else self.now
        all_met = Interviewer.objects.seen_by(self.member).present().values("person")
        came = Q(created_at__gte=first, created_at__lt=last) & ~Q(pk__in=all_met)
        return Q(pk__in=met_between(self.member, first, last)) | came

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(0), self.member.zone)
