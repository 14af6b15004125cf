"""The member's own card: filled from their archive (jobs, birthday, web pages), and known among other people's.

Nothing of it is shown to anybody.

Only the column of the card goes into the batch, which can take it back: nothing else of a member is a batch's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rapport.accounts.models import Member
from rapport.importers.findings import FoundCard, Meeting, OwnJob, OwnProfile, Place, Remark
from rapport.importers.text.names import from_address, is_name, is_same, key
from rapport.intake.differences import Difference
from rapport.people.showing import keep_own_card
from rapport.rules.card import Card, Editing, merged
from rapport.rules.card.career import with_career
from rapport.rules.card.jobs import JOBS

if TYPE_CHECKING:
    from rapport.intake.ledger import Ledger

_WHOSE = "Your card"


def own_apart(member: Member, cards: Sequence[FoundCard]) -> tuple[Sequence[FoundCard], Sequence[FoundCard]]:
    """Part cards into other people's and the member's own: with one of their addresses, and no other full name.

    A family may share a mailbox.
    """
    own = member.own_addresses if cards else frozenset[str]()
    bearing = [found for found in cards if any(email.strip().lower() in own for email in found.card.emails)]
    if not bearing:
        return cards, ()
    derived = (from_address(address) for address in own)
    names = {member.name} - {""} or {name for name, is_sure in derived if is_sure}
    mine = [
        found
        for found in bearing
        if not is_name(found.card.name) or not names or any(is_same(found.card.name, name) for name in names)
    ]
    keys = set(map(id, mine))
    return [found for found in cards if id(found) not in keys], mine


def call_by_invitation(member: Member, meetings: Iterable[Meeting]) -> Remark | None:
    """Let a member who stated no name be called what their invitations call their own address, where all agree.

    Notes are signed with it, and the remark says so.
    """
    if member.name:
        return None
    own = member.own_addresses
    named = [one for one in meetings if one.me in own and is_name(one.my_name)]
    if len({key(one.my_name) for one in named}) != 1 or not member.be_called(named[0].my_name):
        return None
    says = f"Your notes are signed “{member.name}”, as the invitation calls you; change it in the settings."
    return Remark(named[0].place, says)


def fill_own_card(
    member: Member, profiles: Sequence[OwnProfile], jobs: Sequence[OwnJob], *, at: datetime, ledger: Ledger
) -> list[Difference]:
    """Bring the member's own card up to date by what an archive says of them; give what reads otherwise."""
    if not profiles and not jobs:
        return []
    member = Member.objects.get(pk=member.pk)
    found: list[Difference] = []
    card = _with_jobs(member.own_card, jobs, found)
    for profile in profiles:
        card = _with_profile(card, profile, found)
    if card != member.own_card:
        ledger.changes(member, ["card"])
        source = (jobs[0].place if jobs else profiles[0].place).file
        keep_own_card(member, card, at=at, filled_from=source)
    return found


def _with_jobs(card: Card, jobs: Sequence[OwnJob], found: list[Difference]) -> Card:
    fresh, turns = with_career(card, [one.job for one in jobs])
    first = next(iter(JOBS.of(fresh)), None)
    shown = next((one for one in turns if one.now == first), next(iter(turns), None))
    if shown:
        place = jobs[shown.number].place
        found += _differences(place, ("title", card.title, fresh.title))
        found += _differences(place, ("organisation", card.organisation, fresh.organisation))
    is_told = bool(found)
    for turn in turns:
        if not (is_told and turn.now == first):
            field = "former jobs" if turn.now.is_former else "jobs"
            found += _differences(jobs[turn.number].place, (field, str(turn.before or ""), str(turn.now)))
    return fresh


def _with_profile(card: Card, profile: OwnProfile, found: list[Difference]) -> Card:
    editing = Editing(card)
    if profile.birthday and card.birthday is None:
        editing.say("BDAY", profile.birthday.basic if card.version.startswith("4") else str(profile.birthday))
        found += _differences(profile.place, ("birthday", "", str(profile.birthday)))
    if profile.headline and not card.title:
        editing.add("TITLE", profile.headline)
        found += _differences(profile.place, ("title", "", profile.headline))
    fresh = editing.card
    for page in profile.pages:
        if page.lower() not in map(str.lower, fresh.urls):
            fresh = merged(fresh, Card([f"URL:{page}"]))
            found += _differences(profile.place, ("urls", "", page))
    return fresh


def _differences(place: Place, said: tuple[str, str, str]) -> Iterator[Difference]:
    field, before, after = said
    if before != after:
        yield Difference(_WHOSE, field, before, after, place.file, place.line)
