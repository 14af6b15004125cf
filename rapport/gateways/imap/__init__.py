"""Reading and filing mail on the member's own server (RFC 3501): nothing there is ever marked, moved or deleted."""

from rapport.gateways.imap.session import Fetched, Refused, Session, check, folders_of, open_session

__all__ = ["Fetched", "Refused", "Session", "check", "folders_of", "open_session"]
