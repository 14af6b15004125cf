"""Which norms advise a member: a school that ships, or one of the member's own."""

from __future__ import annotations

from rapport.accounts.models import Member, OwnSchool
from rapport.journal.errors import NotAllowed
from rapport.rules.etiquette import NormError, Norms, School, hard_norms, load_schools, read_school


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


class NormsInUse:
    """The norms of plans in one computation, each school read once."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, str], Norms] = {}
        self.hard = Norms.of_school_alone(hard_norms())

    def of(self, member: Member, school: str) -> Norms:
        """Give the norms by which a member's plan is made."""
        key = (member.pk, school)
        if key not in self._read:
            self._read[key] = Norms(known_school(member, school))
        return self._read[key]
