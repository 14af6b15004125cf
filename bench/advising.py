"""Advice and the whole debate, situations a second on one core, with an empty memory, a growing and a full one."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bench.figure import Figure
from rapport.rules.etiquette import (
    DEFAULT,
    Norms,
    Situation,
    WorkingCalendar,
    advise,
    debate,
    load_schools,
)
from rapport.rules.etiquette.debate import Voices

_NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
_SITUATIONS = 4000
_DEBATED = 1000
_EMPTIED = 200
_PLACES = (
    ("PT", "Europe/Lisbon"),
    ("DE", "Europe/Berlin"),
    ("GB", "Europe/London"),
    ("US", "America/New_York"),
    ("IN", "Asia/Kolkata"),
    ("", "UTC"),
)
_USUAL: dict[str, tuple[Any, ...]] = {
    "role": ("recruiter", "hr", "hiring_manager", "peer", "executive", "other"),
    "decision_pace": ("same_day", "days", "weeks"),
    "in_person": (True, False),
    "rapport": ("weak", "fair", "strong"),
    "worth_keeping": (True, False),
    "purpose": (True, False),
    "would_introduce": (True, False),
    "contact_outside": (True, False),
    "connections": (4, 60, 180, 240, 500),
    "degree": (0, 1, 2, 3),
    "mutuals": (0, 1, 5, 12),
    "invited_me": ("none", "none", "professional", "social"),
    "may_connect": ("yes", "no", "not_asked"),
    "invited": ("none", "none", "sent", "declined", "ignored"),
    "uses_site": (True, False),
    "i_know_the_site": (True, False),
    "sector": ("technology", "law", "medicine", "public", "charity"),
    "runs_the_process": (True, False),
    "via_agency": (True, False),
    "search_is_secret": (True, False),
    "title_changed": (True, False),
}
"""Facts that a member may have stated, each known in about a third of the situations."""


def figures() -> Iterator[Figure]:
    """Count situations a second of processor time, over varied situations that are the same each time."""
    calendar = WorkingCalendar("PT")
    situations = tuple(_situations(_SITUATIONS))
    norms = Norms.by_id(DEFAULT)
    for words, asked, emptied in (
        ("nothing remembered", situations[:_EMPTIED], True),
        ("each for the first time", situations, False),
        ("each seen before", situations, False),
    ):
        rate, beside = _rate(
            asked,
            lambda situation, fresh: advise(situation, fresh or norms, calendar),
            (lambda: Norms(load_schools()[DEFAULT])) if emptied else None,
        )
        yield Figure(f"advise, {words} ({len(asked)})", rate, "5,000 a second", beside)
    for words, asked, emptied in (
        ("nothing remembered", situations[:_EMPTIED], True),
        ("each for the first time", situations[:_DEBATED], False),
        ("each seen before", situations[:_DEBATED], False),
    ):
        rate, beside = _rate(
            asked, lambda situation, _: debate(situation, calendar), _forget if emptied else None
        )
        yield Figure(f"the whole debate, {words} ({len(asked)})", rate, "500 a second", beside)
        if emptied:
            _forget()


def _rate(
    situations: Sequence[Situation],
    answer: Callable[[Situation, Any], Any],
    before_each: Callable[[], Any] | None,
) -> tuple[str, str]:
    """How many a second; what `before_each` does and gives is made ready outside the clock.

    Beside it: how many times as long it takes as writing the same facts as JSON and reading them back.
    """
    spent = peer = 0.0
    for situation in situations:
        ready = before_each() if before_each else None
        began = time.process_time()
        answer(situation, ready)
        between = time.process_time()
        json.loads(json.dumps(dict(situation.facts), default=str))
        spent += between - began
        peer += time.process_time() - between
    return (
        f"{len(situations) / spent:,.0f} a CPU second",
        f"{spent / peer:.0f} times a JSON round trip of its facts",
    )


def _forget() -> None:
    """Empty the memory of every voice in the debate, and make the empty ones ready."""
    Voices.of.cache_clear()
    Voices.of(tuple(load_schools().values()))


def _situations(count: int) -> Iterator[Situation]:
    """Give situations a member may be in, each of its own facts."""
    random = Random(20261121)
    for _ in range(count):
        country, zone = random.choice(_PLACES)
        facts: dict[str, Any] = {
            name: random.choice(values) for name, values in _USUAL.items() if random.random() < 1 / 3
        }
        ended = _NOW - timedelta(hours=random.choice((1, 3, 20, 30, 70, 200, 500, 900)))
        facts |= {"met": "interview", "panel": random.randint(1, 5), "interviews": random.randint(1, 3)}
        facts |= {"stage": "interviewing", "decision": "none", "country": country or None}
        happened = {"interview_end": ended}
        if random.random() < 0.4:
            facts["thanked"] = random.choice(("email", "letter"))
            happened["thank_you_sent"] = ended + timedelta(hours=15)
        if random.random() < 0.3:
            facts |= {
                "stage": "decided",
                "decision": random.choice(("offer", "accepted", "rejected", "silent")),
            }
            happened["decision"] = _NOW - timedelta(hours=12)
        elif random.random() < 0.5:
            facts["reply_by"] = (_NOW + timedelta(days=random.randint(-12, 8))).date()
        yield Situation(_NOW, facts, happened, zone)
