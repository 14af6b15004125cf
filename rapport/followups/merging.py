"""Two people merged, or told to be two again: what both were written and asked follows, and so does every plan."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from rapport.accounts.models import Member
from rapport.correspondence.models import Note, Received
from rapport.followups.computing import Changed
from rapport.followups.models import Happening, Plan
from rapport.people.models import EmailAddress, Merge, Person

_BECAUSE = "you said who is the same person"


def merge(
    person: Person, other: Person, *, by: Member, at: datetime, chosen: Collection[str] = ()
) -> tuple[Merge, list[Changed]]:
    """Let `person` stand for both (see `Merge.join`); give the merge, and the steps whose verdict changed."""
    with transaction.atomic():
        joined = Merge.join(person, other, by=by, at=at, chosen=chosen)
        return joined, Plan.objects.around(joined.person).open().recompute(at, _BECAUSE)


def unmerge(merge: Merge, *, by: Member, at: datetime) -> list[Changed]:
    """Let both be two people again (see `Merge.undo`), each with the words and mails that are theirs."""
    with transaction.atomic():
        merge.undo(by=by, at=at)
        person, other = merge.person, merge.other
        Note.objects.filter(step__person=other).exclude(person=other).update(person=other)
        _give_mails_back(merge)
        both = Plan.objects.around(person) | Plan.objects.around(other)
        return both.open().recompute(at, _BECAUSE)


def _give_mails_back(merge: Merge) -> None:
    """Whatever was written since from an address that is the other's alone goes to them."""
    person, other = merge.person, merge.other
    mine = EmailAddress.objects.filter(person=person).values("email")
    theirs = EmailAddress.objects.filter(person=other).exclude(email__in=mine).values("email")
    came = Received.objects.filter(person=person, noticed_at__gte=merge.merged_at, sender__in=theirs)
    keys = list(came.values_list("pk", flat=True))
    Received.objects.filter(pk__in=keys).update(person=other)
    Happening.objects.filter(received__in=keys, person=person).update(person=other)
