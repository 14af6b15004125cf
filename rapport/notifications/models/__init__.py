"""Feeds, what calendars were told, daily mails, and addresses that no mail goes to."""

from rapport.notifications.models.appointment import Appointment
from rapport.notifications.models.feed import Feed

__all__ = ["Appointment", "Feed"]
