"""The address book."""

from rapport.people.models.organisation import Organisation
from rapport.people.models.person import CardRevision, EmailAddress, Person
from rapport.people.models.statement import Statement

__all__ = ["CardRevision", "EmailAddress", "Organisation", "Person", "Statement"]
