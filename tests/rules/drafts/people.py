"""The situations that drafts are tried with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from rapport.rules.drafts import Known

INTERVIEW = datetime(2026, 11, 20, 15, tzinfo=UTC)
MORNING_AFTER = datetime(2026, 11, 21, 9, tzinfo=UTC)
TOPICS = ("the move off the monolith", "hiring in Lisbon")
MOMENTS = ("none", "offer", "accepted", "declined", "withdrawn", "rejected", "silent")
ROLES = ("recruiter", "hr", "hiring_manager", "peer", "executive", "candidate", "other", "")

DANA = Known(
    me="Alex Morgan",
    name="Dana Lee",
    role="hiring_manager",
    title="VP Engineering",
    organisation="Initech",
    job_title="Platform Engineer",
    interviewed_at=INTERVIEW,
    time_zone="Europe/Lisbon",
    kind="video",
    topics=TOPICS,
    now=MORNING_AFTER,
)
SAM = replace(DANA, name="Sam Ortiz", role="peer", title="Staff Engineer", topics=("the on-call rota",))
IRIS = replace(DANA, name="Iris Novak", role="executive", title="CTO", kind="on_site", topics=())
LEE = replace(DANA, name="Lee Park", role="recruiter", title="Recruiter", kind="phone", topics=())
PANEL = ("Dana Lee", "Sam Ortiz", "Iris Novak", "Lee Park", "Mina Haddad")
PROMISED = replace(DANA, reply_by=date(2026, 12, 4), now=datetime(2026, 12, 10, 9, tzinfo=UTC))
