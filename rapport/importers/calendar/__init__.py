"""Calendars: content lines become events, events become meetings."""
