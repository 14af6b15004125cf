"""Invitations and connections."""

from rapport.network.models.connection import Connection
from rapport.network.models.invitation import Invitation

__all__ = ["Connection", "Invitation"]
