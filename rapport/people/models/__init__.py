"""The address book."""

from rapport.people.models.match_key import MatchKey
from rapport.people.models.merge import Merge
from rapport.people.models.organisation import Organisation
from rapport.people.models.person import CardRevision, EmailAddress, Person, Recognised
from rapport.people.models.proposal import Proposal
from rapport.people.models.statement import Statement
from rapport.people.models.told_apart import ToldApart

__all__ = [
    "CardRevision",
    "EmailAddress",
    "MatchKey",
    "Merge",
    "Organisation",
    "Person",
    "Proposal",
    "Recognised",
    "Statement",
    "ToldApart",
]
