"""The people of one meeting, gathered from its list, its words, and the mail around it, each once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rapport.importers.findings import Participant, Source
from rapport.importers.people.attendees import guessed_me
from rapport.importers.people.listed import Listed, Me
from rapport.importers.people.signatures import signature_of, signed, title_signed
from rapport.importers.text.agendas import Several
from rapport.importers.text.hosts import domain, is_company, organisation
from rapport.importers.text.houses import is_house, named_at
from rapport.importers.text.names import (
    address_beside,
    fits_address,
    from_address,
    is_address,
    is_same,
    key,
    without_addresses,
)
from rapport.importers.text.phones import phone_in
from rapport.importers.text.prose import Mention, mentions, role_of
from rapport.importers.text.subject import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import time, tzinfo

    from rapport.importers.calendar.spans import Span
    from rapport.importers.findings import Reader

_PROFILE = re.compile(r"https?://(?:\w+\.)?linkedin\.com/in/[^\s<>\"')]+", re.IGNORECASE)
_HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Letter:
    """The mail or text around an invitation: what it says, and between whom it went."""

    text: str = ""
    sender: Listed | None = None
    recipients: frozenset[str] = frozenset()
    subject: str = ""
    hosts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of an invitation in which people may be named, and the hosts it comes from.

    `nobodies` are the names of those listed who are no person: a shared mailbox, a list, a room.
    """

    title: str
    description: str
    location: str
    hosts: frozenset[str] = frozenset()
    nobodies: frozenset[str] = frozenset()


def me_of(reader: Reader, people: tuple[Listed, ...], letter: Letter, calendar_name: str = "") -> Me:
    """Tell the reader from the others: by what they said, by where the mail went, by the calendar, by a sure guess."""
    addresses = {address.strip().lower() for address in reader.addresses}
    if not addresses:
        addresses |= letter.recipients
        if is_address(calendar_name):
            addresses.add(calendar_name.lower())
    present = {one.address for one in people}
    names = set(reader.names)
    if not addresses & present:
        by_name = {one.address for one in people if any(is_same(one.name, name) for name in names)}
        guess = guessed_me(people)
        addresses |= by_name or ({guess} if guess else set())
    names |= {one.name for one in people if one.name and one.address in addresses}
    derived = (from_address(address) for address in addresses)
    names |= {name for name, is_sure in derived if is_sure}
    return Me(frozenset(addresses - {""}), frozenset(names - {""}))


def with_mentions(
    met: tuple[Participant, ...],
    words: Words,
    letter: Letter,
    me: Me,
    when: Span,
) -> tuple[Participant, ...]:
    """Add whom the title, the description, the place and the mail name, each once."""
    people = list(met)
    around = f"{words.title}\n{words.description}\n{letter.text}"
    hosts = words.hosts | letter.hosts
    for source, text in (
        (Source.DESCRIPTION, words.description),
        (Source.LOCATION, words.location),
        (Source.MAIL, letter.text),
    ):
        said = people_in(text, me, around, hosts, met, words.nobodies)
        # an agenda that gives nobody this meeting's hour is in another zone, or of another day
        is_its_agenda = any(mention.hours and not _is_elsewhen(mention, when) for mention in said)
        for mention in said:
            if is_its_agenda and _is_elsewhen(mention, when):
                continue
            people = joined(people, mention, source, {one.name for one in said})
    for name in names_in(words.title, me.names):
        if _is_listed(name, met) or not (_is_called(name, words.nobodies) or is_house(name, around, hosts)):
            people = joined(people, Mention(name), Source.SUMMARY)
    if letter.sender and letter.sender.name and not me.is_me(letter.sender):
        people = [_as_signed(one, letter.sender, letter.text) for one in people]
    for text in (words.description, letter.text):
        people = _signing(people, text)
    return profiled(people, around, me.names)


def people_in(
    text: str,
    me: Me,
    around: str,
    hosts: Iterable[str],
    met: Iterable[Participant] = (),
    nobodies: Iterable[str] = (),
) -> tuple[Mention, ...]:
    """Give the people a text says one will meet; a name that all `around` it calls an organisation's is nobody's.

    A domain among `hosts` tells that, too, and so does a name of `nobodies`, unless somebody of that name is listed
    (`met`), or the text says what they are: consultants and doctors have a domain made of their own name.
    """
    said = mentions(without_addresses(text), me.names)
    return tuple(one for one in said if _is_listed(one.name, met) or _is_met(one, around, hosts, nobodies))


def _is_met(one: Mention, around: str, hosts: Iterable[str], nobodies: Iterable[str]) -> bool:
    if one.title:
        return not is_house(one.name, around, ())
    return not _is_called(one.name, nobodies) and not is_house(one.name, around, hosts)


def _is_listed(name: str, met: Iterable[Participant]) -> bool:
    return _is_called(name, (one.name for one in met))


def _is_called(name: str, others: Iterable[str]) -> bool:
    return any(is_same(name, other) for other in others)


def without_absent(people: tuple[Participant, ...], listed: tuple[Listed, ...]) -> tuple[Participant, ...]:
    """Leave out who is named in a text and has declined: they will not be there."""
    absent = [one.name or from_address(one.address)[0] for one in listed if one.answer == "DECLINED"]
    return tuple(one for one in people if one.email or not any(is_same(one.name, gone) for gone in absent))


def _signing(people: list[Participant], text: str) -> list[Participant]:
    """Give the one who signs a text the title that stands in the signature, which may be another's than the mail's."""
    lines = signature_of(text).splitlines() if "\n" in text and not all(one.title for one in people) else []
    titles = [title_signed(lines, one.name) for one in people] if lines else []
    if sum(map(bool, titles)) != 1:
        return people
    return [
        replace(one, title=one.title or title or None, role=one.role or role_of(title))
        for one, title in zip(people, titles, strict=True)
    ]


def _as_signed(one: Participant, sender: Listed, text: str) -> Participant:
    """Give the writer of the mail the name, title and number of its head and signature."""
    if one.email != sender.address:
        return one
    lines = signature_of(text).splitlines()
    _, title, _ = signed(lines, sender)
    return replace(
        one,
        name=one.name if _was_written(one) else sender.name,
        title=one.title or title or None,
        role=one.role or role_of(title),
        phone=one.phone or phone_in("\n".join(lines)) or None,
    )


def _was_written(one: Participant) -> bool:
    """Say whether the name stood in the invitation rather than being made of the address."""
    return not one.email or from_address(one.email)[0] != one.name


def _is_elsewhen(mention: Mention, when: Span) -> bool:
    """Say whether an agenda gives somebody other hours than this meeting's, in the zone it states or the meeting's."""
    return bool(mention.hours) and all(_is_beside(hour, when) for hour in mention.hours)


def _is_beside(hour: time, when: Span) -> bool:
    zone = _zone_of(hour, when)
    if when.starts.is_all_day or zone is None:
        return False
    begins, ends = when.starts.at.astimezone(zone), when.ends.astimezone(zone)
    if begins.date() != ends.date() or ends - begins > _HALF_A_DAY:
        return False
    return not begins.time() <= hour.replace(tzinfo=None) < ends.time()


def _zone_of(hour: time, when: Span) -> tzinfo | None:
    """Give an hour's own zone, or the meeting's; of several by one short name, the one that the meeting goes by."""
    own = ZoneInfo(when.zone) if when.zone else None
    if isinstance(hour.tzinfo, Several):
        return own if own and when.starts.at.astimezone(own).tzname() == hour.tzinfo.letters else None
    return hour.tzinfo or own


def joined(
    people: list[Participant],
    mention: Mention,
    source: Source,
    said: Iterable[str] = (),
) -> list[Participant]:
    """Give the people with one more, or with what the mention adds to somebody already there.

    `said` are all names of its text: "Dana L" is Dana Lee where no Dana Lopez is named beside her.
    """
    for place, one in enumerate(people):
        if not _is_meant(one, mention.name, people, said):
            continue
        is_fuller = (
            len(mention.name.split()) > len(one.name.split()) or len(key(one.name).rpartition(" ")[2]) == 1
        )
        name = mention.name if is_fuller or not _was_written(one) else one.name
        title = one.title or mention.title
        role = mention.role if mention.role == "hiring_manager" else one.role or mention.role
        people = [*people]
        people[place] = replace(
            one,
            name=name,
            title=title,
            role=role,
            confirmed=one.confirmed or bool(one.email),
        )
        return people
    return [
        *people,
        Participant(mention.name, title=mention.title, role=mention.role, source=source, confirmed=False),
    ]


def _is_meant(one: Participant, name: str, people: list[Participant], said: Iterable[str]) -> bool:
    if is_same(one.name, name) or (one.email and fits_address(name, one.email)):
        return True
    if not _shortens(one.name, name):
        return False
    is_only_one = sum(1 for other in people if _shortens(other.name, name)) == 1
    return is_only_one and not any(_shortens(one.name, other) for other in said if not is_same(other, name))


def _shortens(one: str, other: str) -> bool:
    """Say whether one of two names may be the other with the family name left out, or only begun: "Dana", "Dana L"."""
    short, full = sorted((key(one).split(), key(other).split()), key=lambda words: len("".join(words)))
    if not short or short[0] != full[0]:
        return False
    rest = short[1:]
    return not rest or (len(rest) == 1 == len(rest[0]) and len(full) > 1 and full[-1].startswith(rest[0]))


def profiled(people: Iterable[Participant], text: str, others: Iterable[str] = ()) -> tuple[Participant, ...]:
    """Give people the addresses and profile links beside their names, and the organisation of their address.

    `others` are names of people who are none of them, as the reader: they are no organisation's either.
    """
    people = _addressed(tuple(people), text)
    profiles = _profiles(text)
    hosts = {domain(one.email) for one in people if one.email}
    names = [*others, *(one.name for one in people)]
    houses = {
        host: named_at(host, text, names) or organisation(host, text) for host in hosts if is_company(host)
    }
    return tuple(_with_profile(_of_house(one, houses), profiles) for one in people)


def _of_house(one: Participant, houses: dict[str, str]) -> Participant:
    house = houses.get(domain(one.email)) if one.email else None
    return replace(one, organisation=house) if house else one


def _addressed(people: tuple[Participant, ...], text: str) -> tuple[Participant, ...]:
    names = [one.name for one in people]
    taken = {one.email for one in people}
    found = []
    for one in people:
        others = [name for name in names if name != one.name]
        address = "" if one.email else address_beside(one.name, text, others)
        found.append(replace(one, email=address) if address and address not in taken else one)
        taken.add(address or None)
    return tuple(found)


def at_company(people: tuple[Participant, ...], company: str | None) -> tuple[Participant, ...]:
    """Give those of whom nothing else is said the organisation one is interviewed at."""
    return tuple(
        one if one.organisation or one.email else replace(one, organisation=company) for one in people
    )


def _profiles(text: str) -> list[tuple[str, str]]:
    """Give each profile link with the text before it: its own line and the one above."""
    lines = text.splitlines()
    return [
        (match[0].rstrip(".,;"), f"{lines[number - 1] if number else ''} {line[: match.start()]}")
        for number, line in enumerate(lines)
        for match in _PROFILE.finditer(line)
    ]


def _with_profile(one: Participant, profiles: list[tuple[str, str]]) -> Participant:
    found = next((url for url, before in profiles if key(one.name) in key(before)), None)
    return replace(one, profile=found) if found and not one.profile else one
