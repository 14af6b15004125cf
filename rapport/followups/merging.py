"""Two people merged, or told to be two again: what both were written and asked follows, and so does every plan."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from rapport.accounts.models import Member
from rapport.correspondence.models import Note, Received
from rapport.followups.computing import Changed
from rapport.followups.models import Happening, Plan, Step
from rapport.journal.rows import stored
from rapport.people.going_round import come_again
from rapport.people.models import EmailAddress, Merge, Person

_BECAUSE = "you said who is the same person"


def merge(
    person: Person, other: Person, *, by: Member, at: datetime, chosen: Collection[str] = ()
) -> tuple[Merge, list[Changed]]:
    """Let `person` stand for both (see `Merge.join`); give the merge, and the steps whose verdict changed."""
    with transaction.atomic():
        plans = Plan.objects.around(person).open() | Plan.objects.around(other).open()
        keys = list(plans.values_list("pk", flat=True))
        before = _words(keys)
        joined = Merge.join(person, other, by=by, at=at, chosen=chosen)
        changed = Plan.objects.filter(pk__in=keys).recompute(at, _BECAUSE)
        _remember_words(joined, before, _words(keys))
        return joined, changed


def unmerge(merge: Merge, *, by: Member, at: datetime) -> list[Changed]:
    """Let both be two people again (see `Merge.undo`), each with the words and mails that are theirs."""
    with transaction.atomic():
        merge.undo(by=by, at=at)
        person, other = merge.person, merge.other
        Note.objects.filter(step__person=other).exclude(person=other).update(person=other)
        _give_mails_back(merge)
        for one in (person, other):
            come_again(one, at=at)
        both = Plan.objects.around(person) | Plan.objects.around(other)
        return both.open().recompute(at, _BECAUSE)


def _words(plans: Collection[int]) -> dict[tuple[str, int], dict[str, Any]]:
    """Give the drafts of some plans, and what each was composed from."""
    notes = Note.objects.filter(step__plan__in=plans)
    found = {(Note._meta.label_lower, note.pk): stored(note) for note in notes}
    steps = Step.objects.filter(plan__in=plans).values_list("pk", "words_from")
    return found | {(Step._meta.label_lower, key): {"words_from": words} for key, words in steps}


def _remember_words(
    merge: Merge, before: dict[tuple[str, int], dict[str, Any]], after: dict[tuple[str, int], dict[str, Any]]
) -> None:
    """Let drafts that were composed anew, because two people are one, come back with the two."""
    anew = [
        [kind, key, row, after[kind, key]]
        for (kind, key), row in before.items()
        if after.get((kind, key), row) != row
    ]
    if anew:
        merge.handed["changed"] = [*merge.handed["changed"], *anew]
        merge.save(update_fields=["handed"])


def _give_mails_back(merge: Merge) -> None:
    """Whatever was written since from an address that is the other's alone goes to them."""
    person, other = merge.person, merge.other
    mine = EmailAddress.objects.filter(person=person).values("email")
    theirs = EmailAddress.objects.filter(person=other).exclude(email__in=mine).values("email")
    came = Received.objects.filter(person=person, noticed_at__gte=merge.merged_at, sender__in=theirs)
    keys = list(came.values_list("pk", flat=True))
    Received.objects.filter(pk__in=keys).update(person=other)
    Happening.objects.filter(received__in=keys, person=person).update(person=other)
