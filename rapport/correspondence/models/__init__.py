"""Notes, and how they leave."""

from rapport.correspondence.models.attachment import Attachment
from rapport.correspondence.models.delivery import Delivery, LeaseLost
from rapport.correspondence.models.mailbox import Mailbox, Security
from rapport.correspondence.models.note import Note
from rapport.correspondence.models.second_opinion import SecondOpinion

__all__ = ["Attachment", "Delivery", "LeaseLost", "Mailbox", "Note", "SecondOpinion", "Security"]
