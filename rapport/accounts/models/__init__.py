"""Members and what belongs to their accounts."""

from rapport.accounts.models.admission import Admission, AlreadyMember
from rapport.accounts.models.member import Address, LastAdministrator, Member
from rapport.accounts.models.own_school import OwnSchool
from rapport.accounts.models.postal_time import PostalTime
from rapport.accounts.models.sealed_link import SealedLink
from rapport.accounts.models.sign_in_link import Purpose, SignInLink

__all__ = [
    "Address",
    "Admission",
    "AlreadyMember",
    "LastAdministrator",
    "Member",
    "OwnSchool",
    "PostalTime",
    "Purpose",
    "SealedLink",
    "SignInLink",
]
