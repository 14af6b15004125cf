"""Notes, how they leave, and what comes back."""

from rapport.correspondence.models.attachment import Attachment
from rapport.correspondence.models.delivery import Delivery, LeaseLost
from rapport.correspondence.models.mailbox import Mailbox, Security
from rapport.correspondence.models.note import Note
from rapport.correspondence.models.received import Kind, Received
from rapport.correspondence.models.second_opinion import SecondOpinion
from rapport.correspondence.models.watched_folder import WatchedFolder

__all__ = [
    "Attachment",
    "Delivery",
    "Kind",
    "LeaseLost",
    "Mailbox",
    "Note",
    "Received",
    "SecondOpinion",
    "Security",
    "WatchedFolder",
]
