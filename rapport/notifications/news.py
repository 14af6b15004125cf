"""Which journal entries are news to a member: what came from outside and what it changed, and stands still.

What was taken back is none, and of advice that changed back and forth only what is otherwise in the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Q, When

from rapport.accounts.models import Member
from rapport.followups.models import Happening, Step
from rapport.followups.models.lists import AWAITED
from rapport.interviews.models import Application
from rapport.journal.models import Entry
from rapport.journal.models.entry import EntryQuerySet
from rapport.people.models import CardRevision, Person

CHANGED = "step.verdict_changed"
DECIDED = "application.decided"

NEWS = (
    "interview.moved",
    "interview.cancelled",
    DECIDED,
    "person.absorbed",
    "suggestion.made_of_work",
    "card.gone",
    "details.answered",
    "person.wrote",
    CHANGED,
    "delivery.returned",
    "delivery.unknown",
)
"""What is news to the member: what came from outside, and what it changed."""

_MOST = 200
"""Entries that are looked through: more would be read by nobody."""

_CONNECTING = ("invite", "answer")
"""Acts of which it is news that one may: whether to connect is what one waited to know."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A step that is open, and advised otherwise than before: by the first and the last of what was told of it."""

    entry: Entry
    step: Step
    before: str
    after: str

    @property
    def is_time(self) -> bool:
        """Whether it is to be done now and was not before."""
        return self.after == "do"

    @property
    def is_free(self) -> bool:
        """Whether it was held, and one may now."""
        return (self.before, self.after) == ("hold", "optional") and self.step.act in _CONNECTING

    @property
    def is_over(self) -> bool:
        """Whether it was to be done and is no more."""
        return self.before == "do"

    @property
    def because(self) -> str:
        """The clause that says what happened; "" where it was not kept apart."""
        _, clause = self.entry.changes.get("because", ("", ""))
        return str(clause)


@dataclass(frozen=True, slots=True)
class News:
    """What happened, what is advised otherwise of open steps, and what is held in applications that were decided."""

    happened: Sequence[Entry]
    changed: Sequence[Otherwise]
    held: Sequence[Step]


def since(member: Member, moment: datetime, at: datetime) -> list[Entry]:
    """Give what became news after `moment` up to `at` and is worth a mail: of advice only what is to be done now."""
    found = gathered(member, moment, at)
    return [*found.happened, *(one.entry for one in found.changed if one.is_time)]


def gathered(member: Member, moment: datetime, at: datetime | None = None) -> News:
    """Give what became news after `moment`, up to `at` where that is given.

    The number of queries does not grow with it.
    """
    found = Entry.objects.seen_by(member).filter(verb__in=NEWS, at__gt=moment)
    if at is not None:
        found = found.filter(at__lte=at)
    entries = list(_most_important_first(found).prefetch_related("mentions")[:_MOST])
    if not entries:
        return News((), (), ())
    gone = Entry.objects.moments_taken_back(member, moment)
    told = _latest_decisions(one for one in entries if one.verb != CHANGED and one.at not in gone)
    happened = _unless_unsaid(_unless_undone(told))
    changes = [one for one in entries if one.verb == CHANGED]
    decided = {key for one in happened if one.verb == DECIDED for key in one.keys_of(Application)}
    changed, held = _steps(member, _in_the_end(changes), decided)
    return News(happened, changed, held)


def is_release(entry: Entry) -> bool:
    """Whether the entry says that something is to be done now that was not before."""
    return entry.verb == CHANGED


def _most_important_first(found: EntryQuerySet) -> EntryQuerySet:
    """Let advice come after what happened, and last what merely completes somebody's card.

    Another title or company is news of them.
    """
    is_of_work = Q(changes__has_any_keys=["title", "organisation"])
    is_minor = Case(
        When(Q(verb="person.absorbed") & ~is_of_work, then=2), When(verb=CHANGED, then=1), default=0
    )
    return found.annotate(is_minor=is_minor).order_by("is_minor", "-at", "-pk")


def _latest_decisions(entries: Iterable[Entry]) -> list[Entry]:
    """Of each application leave the latest decision; of one that is open again, none."""
    found, known = [], set[int]()
    for one in entries:
        decided = one.keys_of(Application) if one.verb == DECIDED else []
        is_open = one.changes.get("decision", ("", ""))[1] == "none"
        if known.isdisjoint(decided) and not (decided and is_open):
            found.append(one)
        known.update(decided)
    return found


def _unless_undone(entries: list[Entry]) -> list[Entry]:
    """Leave out what a card said that was taken back since; one query at most."""
    absorbed = {(about, one.at) for one in entries for about in _about(one, "person.absorbed")}
    if not absorbed:
        return entries
    cards = CardRevision.objects.filter(person__in={about for about, _ in absorbed}, undone_at__isnull=False)
    undone = set(
        cards.filter(absorbed_at__in={at for _, at in absorbed}).values_list("person", "absorbed_at")
    )
    return [one for one in entries if not undone & {(key, one.at) for key in _about(one, "person.absorbed")}]


def _unless_unsaid(entries: list[Entry]) -> list[Entry]:
    """Leave out that somebody wrote who did not; one query at most."""
    wrote = {about for one in entries for about in _about(one, "person.wrote")}
    if not wrote:
        return entries
    words = Happening.objects.filter(person__in=wrote, happened_at__in={one.at for one in entries})
    said = {
        (key, at): back is None
        for key, at, back in words.values_list("person", "happened_at", "taken_back_at")
    }
    return [
        one for one in entries if all(said.get((key, one.at), True) for key in _about(one, "person.wrote"))
    ]


def _about(entry: Entry, verb: str) -> list[int]:
    return entry.keys_of(Person) if entry.verb == verb else []


def _in_the_end(changes: list[Entry]) -> dict[int, tuple[Entry, str]]:
    """Give by the key of a step the last that was told of its advice, and its verdict before all of it.

    What came back to where it was is left out.
    """
    found: dict[int, tuple[Entry, str]] = {}
    for one in reversed(changes):
        for key in one.keys_of(Step):
            before = found[key][1] if key in found else one.changes["verdict"][0]
            found[key] = (one, before)
    return {key: (one, was) for key, (one, was) in found.items() if one.changes["verdict"][1] != was}


def _steps(
    member: Member, changes: dict[int, tuple[Entry, str]], decided: set[int]
) -> tuple[list[Otherwise], list[Step]]:
    """Give what is open still of steps whose advice changed, and what is held in applications that were decided."""
    if not changes and not decided:
        return [], []
    advised = Q(pk__in=list(changes), choice="")
    held = AWAITED & Q(plan__interview__application__in=decided)
    standing = Step.objects.seen_by(member).standing().filter(advised | held)
    steps = list(standing.select_related("person", "plan__interview").order_by("pk"))
    changed = [
        Otherwise(entry, step, before, entry.changes["verdict"][1])
        for step in steps
        if step.pk in changes and not step.choice
        for entry, before in [changes[step.pk]]
    ]
    newest_first = sorted(changed, key=lambda one: (one.entry.at, -one.step.pk), reverse=True)
    waiting = [
        step for step in steps if step.in_force == "hold" and step.plan.interview.application_id in decided
    ]
    return newest_first, waiting
