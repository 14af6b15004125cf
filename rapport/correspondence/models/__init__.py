"""Notes, and how they leave."""

from rapport.correspondence.models.attachment import Attachment
from rapport.correspondence.models.delivery import Delivery, LeaseLost
from rapport.correspondence.models.mailbox import Mailbox, Security
from rapport.correspondence.models.note import Note

__all__ = ["Attachment", "Delivery", "LeaseLost", "Mailbox", "Note", "Security"]
