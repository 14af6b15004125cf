"""Feeds, what calendars were told, daily mails, and addresses that are left in peace."""

from rapport.notifications.models.appointment import Appointment
from rapport.notifications.models.daily_mail import DailyMail
from rapport.notifications.models.feed import Feed
from rapport.notifications.models.silence import Silence

__all__ = ["Appointment", "DailyMail", "Feed", "Silence"]
