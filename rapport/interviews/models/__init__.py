"""Applications and interviews."""

from rapport.interviews.models.application import Application
from rapport.interviews.models.interview import Interview
from rapport.interviews.models.interviewer import Interviewer

__all__ = ["Application", "Interview", "Interviewer"]
