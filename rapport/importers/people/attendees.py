"""Who of the addresses in an invitation is a person to meet, and why the others are not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapport.importers.findings import LeftOut, Participant, Source
from rapport.importers.text.hosts import domain, is_scheduler
from rapport.importers.text.names import address_in, cleaned, from_address, is_address, is_name, is_same
from rapport.importers.text.prose import is_title, role_of
from rapport.importers.text.words import glob, is_host_of, pattern
from rapport.importers.text.words import listed as listed_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapport.rules.card import Property

_ROOM = "This is a room or a device, not a person."
_UNKNOWN = "unknownorganizer@calendar.google.com"


@dataclass(frozen=True, slots=True)
class Listed:
    """One ATTENDEE or the ORGANIZER as the invitation lists them."""

    address: str
    name: str
    beside: str = ""
    kind: str = ""
    part: str = ""
    answer: str = ""
    is_organizer: bool = False

    @property
    def local(self) -> str:
        """Give the part of the address before the @."""
        return self.address.partition("@")[0].partition("+")[0]


@dataclass(frozen=True, slots=True)
class Me:
    """The reader, as far as known: addresses in lower case, and names."""

    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def is_me(self, one: Listed) -> bool:
        """Say whether somebody listed is the reader: by address, without one by name."""
        if one.address:
            return one.address in self.addresses
        return any(is_same(one.name, name) for name in self.names)


def listed(prop: Property) -> Listed:
    """Read an ATTENDEE or ORGANIZER line, however incomplete."""
    raw = prop.value.strip()
    address = address_in(raw) or address_in(prop.parameter("EMAIL")) or address_in(prop.parameter("CN"))
    name, beside = cleaned(prop.parameter("CN"))
    if not address and not name and raw and ":" not in raw and not is_address(raw):
        name, beside = cleaned(raw)
    return Listed(
        address,
        name,
        beside,
        prop.parameter("CUTYPE").upper(),
        prop.parameter("ROLE").upper(),
        prop.parameter("PARTSTAT").upper(),
        prop.name == "ORGANIZER",
    )


def once(people: Iterable[Listed]) -> tuple[Listed, ...]:
    """Give each address once: who is listed twice is one, and an organiser who attends is listed as they attend."""
    kept: dict[str, Listed] = {}
    for one in people:
        known_as = one.address or one.name.lower()
        if not known_as:
            continue
        before = kept.get(known_as)
        if before is None:
            kept[known_as] = one
            continue
        attending, organizing = (one, before) if before.is_organizer else (before, one)
        kept[known_as] = replace(
            attending,
            name=attending.name or organizing.name,
            beside=attending.beside or organizing.beside,
            answer="DECLINED"
            if "DECLINED" in {one.answer, before.answer}
            else attending.answer or organizing.answer,
            is_organizer=one.is_organizer or before.is_organizer,
        )
    return tuple(kept.values())


def reason_to_leave_out(one: Listed, me: Me) -> str:
    """Give the sentence why somebody listed is nobody to thank, or an empty text."""
    host = domain(one.address)
    reasons = (
        (me.is_me(one), "This is you."),
        (host == "resource.calendar.google.com", _ROOM),
        (one.kind in {"ROOM", "RESOURCE"}, _ROOM),
        (one.part == "NON-PARTICIPANT", "It is listed as a room, a device or an onlooker: it takes no part."),
        (host.endswith(".calendar.google.com"), "This is a shared calendar, not a person."),
        (one.address == _UNKNOWN, "Google puts this address where it does not know the organiser."),
        (one.kind == "GROUP", "This is a mailing list or a group, not one person."),
        (is_scheduler(host), "This address belongs to a scheduling tool."),
        (is_room(one), "This looks like a room, not a person."),
        (is_shared(one), "This is a shared mailbox or a list, not one person."),
        (one.answer == "DECLINED", "They declined the invitation."),
    )
    return next((why for holds, why in reasons if holds), "")


def is_shared(one: Listed) -> bool:
    """Say whether an address is read by nobody in particular: talent@, no-reply@, interviewers-platform@."""
    if not one.local:
        return False
    if glob("mailboxes", "shared").fullmatch(one.local):
        return True
    parts = [part for part in re.split(r"[._\-]+", one.local.lower()) if part]
    return len(parts) > 1 and all(part in listed_words("names", "never") for part in parts)


def is_room(one: Listed) -> bool:
    """Say whether somebody listed is a room by its address or its name."""
    if one.local and glob("mailboxes", "rooms").fullmatch(one.local):
        return True
    return (
        bool(one.name)
        and not is_name(one.name)
        and pattern("mailboxes", "room_names").search(one.name) is not None
    )


def participant(one: Listed) -> Participant:
    """Make somebody to be met of somebody listed."""
    name, is_sure = one.name, True
    if not name:
        name, is_sure = from_address(one.address)
    title = one.beside if is_title(one.beside) and not is_name(one.beside) else None
    source = Source.ORGANIZER if one.is_organizer else Source.ATTENDEE
    return Participant(
        name=name,
        email=one.address or None,
        title=title,
        role=role_of(title),
        source=source,
        confirmed=is_sure and bool(one.address),
    )


def sorted_out(people: Iterable[Listed], me: Me) -> tuple[tuple[Participant, ...], tuple[LeftOut, ...]]:
    """Part those listed into people to meet and those left out with the reason.

    A person's name before the address of a tool or a list still names a person: kept, unconfirmed, without it.
    """
    met: list[Participant] = []
    left: list[LeftOut] = []
    for one in people:
        why = reason_to_leave_out(one, me)
        if not why:
            met.append(participant(one))
            continue
        left.append(LeftOut(one.address or one.name, why))
        borrowed = is_scheduler(domain(one.address)) or is_shared(one)
        if (
            borrowed
            and not me.is_me(one)
            and one.kind not in {"GROUP", "ROOM", "RESOURCE"}
            and is_name(one.name)
        ):
            met.append(
                Participant(
                    one.name,
                    source=Source.ORGANIZER if one.is_organizer else Source.ATTENDEE,
                    confirmed=False,
                ),
            )
    return tuple(met), tuple(left)


def guessed_me(people: Iterable[Listed]) -> str:
    """Give the one private address among company addresses; empty when that is not unambiguous."""
    plain = [one.address for one in people if one.address and not reason_to_leave_out(one, Me())]
    private = [address for address in plain if is_host_of(domain(address), "mailboxes", "free")]
    companies = {domain(address) for address in plain} - {domain(address) for address in private}
    return private[0] if len(private) == 1 and len(companies) == 1 else ""
