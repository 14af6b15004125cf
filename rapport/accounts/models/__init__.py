"""Members and what belongs to their accounts."""

from rapport.accounts.models.admission import Admission
from rapport.accounts.models.member import Address, Member
from rapport.accounts.models.own_school import OwnSchool
from rapport.accounts.models.sign_in_link import SignInLink

__all__ = ["Address", "Admission", "Member", "OwnSchool", "SignInLink"]
