"""The facts about one person at one moment, each known or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Situation:
    """The facts about one person at one moment.

    `facts` holds only what is known (names and values of `vocabulary.FACTS`; a fact that is missing or None is
    unknown). `happened` maps an event to when it happened (aware). `now` is aware; `time_zone` is the
    recipient's IANA zone; the recipient's country is the fact `country`.
    """

    now: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    happened: Mapping[str, datetime] = field(default_factory=dict)
    time_zone: str = "UTC"
