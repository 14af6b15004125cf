"""Applications and interviews."""

from rapport.interviews.models.application import Application
from rapport.interviews.models.interview import Interview, Interviewer

__all__ = ["Application", "Interview", "Interviewer"]
