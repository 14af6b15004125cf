"""Real contact: a mail or a call of theirs, a meeting, words of one's own that left.

What an import brings is none, but for the days of the last messages in one's own archive (`intake.contacts`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max, QuerySet

from rapport.accounts.models import Member
from rapport.correspondence.models import Note
from rapport.interviews.models import Interviewer
from rapport.people.models import Person


def last_contacts(people: Collection[int], at: datetime) -> dict[int, datetime]:
    """Give when there was real contact last up to `at`, by the keys of people; who has had none is left out.

    Three queries, however many people.
    """
    found: dict[int, datetime] = {}
    heard = Person.objects.filter(pk__in=people, last_contact_at__lte=at).values_list("pk", "last_contact_at")
    met = _meetings().filter(person__in=people, interview__ends_at__lte=at).order_by()
    wrote = _sent().filter(person__in=people, sent_at__lte=at).order_by()
    for pairs in (
        heard,
        met.values_list("person").annotate(Max("interview__ends_at")),
        wrote.values_list("person").annotate(Max("sent_at")),
    ):
        for key, moment in pairs:
            found[key] = max(moment, found.get(key, moment))
    return found


def spoken_since(
    member: Member, since: datetime, at: datetime
) -> tuple[QuerySet[Interviewer, int], QuerySet[Note, int]]:
    """Give the keys of those one met, and of those one wrote to, between two moments, as subqueries.

    Who wrote or called is noted with the person (`PersonQuerySet.not_heard_since`).
    """
    met = _meetings().filter(interview__member=member, interview__ends_at__range=(since, at))
    wrote = _sent().filter(member=member, sent_at__range=(since, at))
    return met.values_list("person", flat=True), wrote.values_list("person", flat=True)


def met_between(member: Member, begins: datetime, ends: datetime) -> QuerySet[Interviewer, int]:
    """Give the keys of those met in an interview between two moments, as a subquery."""
    met = _meetings().filter(interview__member=member, interview__starts_at__range=(begins, ends))
    return met.values_list("person", flat=True)


def _meetings() -> QuerySet[Interviewer]:
    return Interviewer.objects.present().filter(interview__cancelled_at=None)


def _sent() -> QuerySet[Note]:
    return Note.objects.exclude(sent_at=None)
