"""What is known when words are composed: nothing else may stand in a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about one person at one moment; an empty value is unknown.

    `me` is the member's name. `name` is the person's as it arrived, `given_name` only when a card says which part
    it is. `role`, `met`, `decision` and `degree` are values of the facts of those names. `organisation` is where
    the job is; `works_for` where the person works, when that is elsewhere (an agency, a new employer). `kind` is
    the interview's (phone, video, on_site). `interviewed_at` and `now` are aware; the day is named in `time_zone`,
    the recipient's. `country` is the recipient's ISO code. `topics` are the member's own phrases on what was
    talked about. `accepts`: whether an invitation is to be accepted; unknown means yes, but no on a social
    network. `third` is the other person of an introduction. `note_limit` is in UTF-16 code units. `written` are
    texts to stay apart from: to this person and to colleagues, but not this draft's own last text.
    """

    me: str = ""
    name: str = ""
    given_name: str = ""
    role: str = ""
    title: str = ""
    organisation: str = ""
    works_for: str = ""
    job_title: str = ""
    interviewed_at: datetime | None = None
    time_zone: str = "UTC"
    kind: str = "unknown"
    interviews: int = 1
    met: str = "interview"
    topics: tuple[str, ...] = ()
    decision: str = "none"
    joins_on: date | None = None
    reply_by: date | None = None
    degree: int | None = None
    country: str = ""
    accepts: bool | None = None
    third: str = ""
    note_limit: int = 200
    now: datetime | None = None
    written: tuple[str, ...] = ()
