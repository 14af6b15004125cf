"""Which norms advise a member: a school that ships, or one of the member's own."""

from __future__ import annotations

from collections.abc import Collection

from rapport.accounts.models import Member, OwnSchool
from rapport.journal.errors import NotAllowed
from rapport.people.models import EmailAddress
from rapport.rules.etiquette import NormError, Norms, School, load_schools, read_school


def schools_of(member: Member) -> dict[str, School]:
    """Give every school a member may choose, by identifier: those that ship, then their own."""
    return {**load_schools(), **{own.identifier: _read(own) for own in member.own_schools.all()}}


def known_school(member: Member, identifier: str) -> School:
    """Give one school; NotAllowed with a sentence when there is none of that identifier."""
    shipped = load_schools()
    if identifier in shipped:
        return shipped[identifier]
    own = member.own_schools.filter(identifier=identifier).first()
    if own is None:
        raise NotAllowed(f"There is no school {identifier!r}. There are: {', '.join(schools_of(member))}.")
    return _read(own)


def _read(own: OwnSchool) -> School:
    try:
        return read_school(own.identifier, own.name, own.opinion, own.source, own.norms, place=own.name)
    except NormError as error:
        raise NotAllowed(f"Your school {own.name} cannot be used: {error}") from error


def receptions_of(people: Collection[int]) -> dict[int, School]:
    """Give the norms that people have stated themselves, by person: those who are members here.

    A member is known by the address they sign in with, which an administrator admitted, never by an address
    that somebody merely claims. Two queries, however many people.
    """
    addresses = EmailAddress.objects.filter(person__in=people).values_list("email", "person_id")
    members = Member.objects.filter(email__in={email for email, _ in addresses}, is_active=True)
    stated = members.exclude(reception=[]).only("email", "name", "reception")
    receptions = {member.email: _reception(member) for member in stated}
    return {person: receptions[email] for email, person in addresses if email in receptions}


def _reception(member: Member) -> School:
    return read_school(
        "their-own-word", "Their own word", "How they like to be approached.", "Stated in their settings",
        member.reception, place=f"the reception of {member}",
    )  # fmt: skip


class NormsInUse:
    """The norms of plans in one computation, each school read once."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, str, School | None], Norms] = {}

    def of(self, member: Member, school: str, reception: School | None = None) -> Norms:
        """Give the norms by which a member's plan is made, and the other person's own where they stated any."""
        if reception is None and school in load_schools():
            return Norms.by_id(school)
        key = (member.pk, school, reception)
        if key not in self._read:
            self._read[key] = Norms(known_school(member, school), reception)
        return self._read[key]
