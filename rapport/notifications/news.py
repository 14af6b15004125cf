"""Which journal entries are news to a member, and which say that something may be done now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, Q, When

from rapport.accounts.models import Member
from rapport.journal.models import Entry
from rapport.journal.models.entry import EntryQuerySet
from rapport.people.models import CardRevision, Person

NEWS = (
    "interview.moved",
    "interview.cancelled",
    "application.decided",
    "person.absorbed",
    "suggestion.made_of_work",
    "card.gone",
    "details.answered",
    "person.wrote",
    "step.verdict_changed",
    "batch.undone",
    "delivery.returned",
    "delivery.unknown",
)
"""What is news to the member: what came from outside, and what it changed."""

_MOST = 200
"""Entries that are looked through: more would be read by nobody."""


CHANGED = "step.verdict_changed"

_TO_DO = ~Q(verb=CHANGED) | Q(changes__verdict__1="do")
"""Of advice that changed only what is to be done now: that a dozen other ways became unwise is no news to be sent."""


def since(member: Member, moment: datetime, at: datetime) -> list[Entry]:
    """Give what became news after `moment` up to `at` and is worth a mail, as `work_first` orders it."""
    found = Entry.objects.seen_by(member).filter(_TO_DO, verb__in=NEWS, at__gt=moment, at__lte=at)
    return standing(work_first(found).prefetch_related("mentions")[:_MOST])


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """Leave out what a card said that was taken back since; one query at most."""
    found = list(entries)
    absorbed = {(about, one.at) for one in found for about in _absorbers(one)}
    if not absorbed:
        return found
    cards = CardRevision.objects.filter(person__in={about for about, _ in absorbed}, undone_at__isnull=False)
    undone = set(
        cards.filter(absorbed_at__in={at for _, at in absorbed}).values_list("person", "absorbed_at")
    )
    return [one for one in found if not undone & {(about, one.at) for about in _absorbers(one)}]


def _absorbers(entry: Entry) -> list[int]:
    return entry.keys_of(Person) if entry.verb == "person.absorbed" else []


def work_first(found: EntryQuerySet) -> EntryQuerySet:
    """Let what merely completes somebody's card come after all else: another title or company is news of them."""
    is_of_work = Q(changes__has_any_keys=["title", "organisation"])
    is_minor = Case(When(Q(verb="person.absorbed") & ~is_of_work, then=1), default=0)
    return found.annotate(is_minor=is_minor).order_by("is_minor", "-at", "-pk")


def is_release(entry: Entry) -> bool:
    """Whether the entry says that something is to be done now that was not before."""
    return entry.verb == CHANGED
