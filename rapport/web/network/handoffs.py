"""The hand-off to sites that have no interface: what a step needs besides its words, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapport.network.models import Invitation
from rapport.rules.invitation import Allowance

if TYPE_CHECKING:
    from datetime import datetime

    from rapport.accounts.models import Member
    from rapport.followups.models import Step

_HANDED = frozenset({"professional", "social", "microblog", "message"})
_RECEIVED = frozenset({"answer"})
_SENT = frozenset({"invite", "follow", "withdraw"})


@dataclass(frozen=True, slots=True)
class Handoff:
    """One step that is done on somebody else's site.

    `invitation` is the one it is about: sent by it, or waiting for the answer. `notes` and `invitations` are what
    the site's limits leave, given for an invitation to the professional network that is not sent yet.
    """

    invitation: Invitation | None = None
    notes: Allowance | None = None
    invitations: Allowance | None = None
    is_message: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to send: one is with them, or you are connected."""
        found = self.invitation
        return found is not None and found.direction == "sent" and found.state in {"sent", "accepted"}


def handoffs_of(member: Member, steps: Iterable[Step], now: datetime) -> Mapping[int, Handoff]:
    """Give the hand-off of each step that is one, by the step's key: two queries, however many steps."""
    handed = [step for step in steps if step.channel in _HANDED]
    if not handed:
        return {}
    known: dict[tuple[int, str, str], Invitation] = {}
    people = {step.person_id for step in handed}
    for one in Invitation.objects.standing().filter(person__in=people).select_related("person"):
        known[one.person_id, one.channel, one.direction] = one
    wants_counting = any(step.act == "invite" and step.channel == "professional" for step in handed)
    allowed = Invitation.objects.allowances(member, now) if wants_counting else (None, None)
    return {step.pk: _handoff(step, known, *allowed) for step in handed}


def _handoff(
    step: Step,
    known: Mapping[tuple[int, str, str], Invitation],
    notes: Allowance | None,
    invitations: Allowance | None,
) -> Handoff:
    direction = "received" if step.act in _RECEIVED else "sent" if step.act in _SENT else ""
    found = known.get((step.person_id, step.channel, direction))
    if step.act == "invite" and step.channel == "professional" and not (found and found.is_waiting):
        return Handoff(found, notes, invitations)
    return Handoff(found, is_message=step.channel == "message")
