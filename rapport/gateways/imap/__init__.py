"""Reading and filing mail on the member's own server (RFC 3501): nothing there is ever marked, moved or deleted."""

from rapport.gateways.imap.session import (
    Checked,
    Fetched,
    Refused,
    Session,
    check,
    make_sent_folder,
    open_session,
)

__all__ = ["Checked", "Fetched", "Refused", "Session", "check", "make_sent_folder", "open_session"]
