"""Who of the addresses in an invitation is a person to meet, and why the others are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapport.importers.findings import LeftOut, Participant, Source
from rapport.importers.people import nobody
from rapport.importers.people.listed import Me
from rapport.importers.text.hosts import domain, is_scheduler
from rapport.importers.text.names import from_address, is_name
from rapport.importers.text.prose import is_title, role_of
from rapport.importers.text.words import is_host_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapport.importers.people.listed import Listed

_ROOM = "This is a room or a device, not a person."
_LIST = "This is a mailing list or a group, not one person."
_NOBODIES = frozenset({_ROOM, _LIST, nobody.ROOM, nobody.SHARED, nobody.PROGRAM})
_UNKNOWN = "unknownorganizer@calendar.google.com"


def reason_to_leave_out(one: Listed, me: Me, location: str = "") -> str:
    """Give the sentence why somebody listed is nobody to thank, or an empty text; `location` is the meeting's."""
    host = domain(one.address)
    reasons = (
        (me.is_me(one), "This is you."),
        (host == "resource.calendar.google.com", _ROOM),
        (one.kind in {"ROOM", "RESOURCE"}, _ROOM),
        (one.part == "NON-PARTICIPANT", "It is listed as a room, a device or an onlooker: it takes no part."),
        (host.endswith(".calendar.google.com"), "This is a shared calendar, not a person."),
        (one.address == _UNKNOWN, "Google puts this address where it does not know the organiser."),
        (one.kind == "GROUP", _LIST),
        (is_scheduler(host), "This address belongs to a scheduling tool."),
    )
    declined = "They declined the invitation." if one.answer == "DECLINED" else ""
    return next((why for holds, why in reasons if holds), "") or nobody.reason(one, location) or declined


def participant(one: Listed, location: str = "") -> Participant:
    """Make somebody to be met of somebody listed; unconfirmed where it is not sure who they are.

    A display name that tells only what somebody does leaves the name to the address.
    """
    by_address, is_sure = nobody.taken_for(one, location)
    name = by_address or one.name
    if not name:
        name, is_sure = from_address(one.address)
    beside = one.name if by_address else one.beside
    title = beside if is_title(beside) and not is_name(beside) else None
    source = Source.ORGANIZER if one.is_organizer else Source.ATTENDEE
    return Participant(
        name=name,
        email=one.address or None,
        title=title,
        role=role_of(title),
        source=source,
        confirmed=is_sure and bool(one.address),
    )


def sorted_out(
    people: Iterable[Listed], me: Me, location: str = ""
) -> tuple[tuple[Participant, ...], tuple[LeftOut, ...]]:
    """Part those listed into people to meet and those left out with the reason; `location` is the meeting's.

    A person's name before the address of a tool or a list still names a person: kept, unconfirmed, without it.
    """
    met: list[Participant] = []
    left: list[LeftOut] = []
    for one in people:
        why = reason_to_leave_out(one, me, location)
        if not why:
            met.append(participant(one, location))
            continue
        left.append(LeftOut(one.address or one.name, why))
        may_be_borrowed = not me.is_me(one) and one.kind not in {"GROUP", "ROOM", "RESOURCE"}
        if may_be_borrowed and _lends_a_name(one):
            met.append(
                Participant(
                    one.name,
                    source=Source.ORGANIZER if one.is_organizer else Source.ATTENDEE,
                    confirmed=False,
                ),
            )
    return tuple(met), tuple(left)


def _lends_a_name(one: Listed) -> bool:
    """Say whether the name before the address of a tool or a list is a person's, and not the mailbox's own."""
    if not nobody.is_plausible(one):
        return False
    return is_scheduler(domain(one.address)) or (nobody.is_shared(one) and not nobody.is_its_own_name(one))


def names_left_out(
    people: Iterable[Listed], met: Iterable[Participant], left: Iterable[LeftOut]
) -> frozenset[str]:
    """Give the names of rooms, lists, shared mailboxes and programs left out: a text that names them means them."""
    gone = {one.address for one in left if one.why in _NOBODIES}
    kept = {one.name for one in met}
    return frozenset(
        one.name for one in people if one.name and (one.address or one.name) in gone and one.name not in kept
    )


def guessed_me(people: Iterable[Listed]) -> str:
    """Give the one private address among company addresses; empty when that is not unambiguous."""
    plain = [one.address for one in people if one.address and not reason_to_leave_out(one, Me())]
    private = [address for address in plain if is_host_of(domain(address), "mailboxes", "free")]
    companies = {domain(address) for address in plain} - {domain(address) for address in private}
    return private[0] if len(private) == 1 and len(companies) == 1 else ""
