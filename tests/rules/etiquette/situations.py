"""Any situation, complete or partial, for the properties of the engine."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from rapport.rules.etiquette import EVENTS, FACTS, Fact, Situation
from rapport.rules.etiquette.vocabulary import Type

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
WORDS = {"country": ["PT", "US", "JP", "DE", "AE", "XX"], "sector": ["law", "medicine", "public", "charity"]}
ZONES = ["UTC", "Europe/Lisbon", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "Asia/Dubai"]


def values(fact: Fact) -> st.SearchStrategy[Any]:
    """Any value of the fact's type, those near the norms' bounds often."""
    match fact.type:
        case Type.CHOICE:
            return st.sampled_from(fact.values)
        case Type.BOOLEAN:
            return st.booleans()
        case Type.NUMBER:
            return st.integers(-3, 30) | st.sampled_from([9, 10, 199, 200, 201]) | st.integers()
        case Type.DAY:
            return st.dates(date(2026, 10, 1), date(2027, 2, 1)) | st.dates()
        case Type.WORD:
            return st.sampled_from(WORDS[fact.name]) | st.text(min_size=1, max_size=8)


def facts(*without: str) -> st.SearchStrategy[dict[str, Any]]:
    """Any part of the facts, each with any value; most often of somebody met in an interview."""
    return st.fixed_dictionaries(
        {},
        optional={
            name: st.just("interview") | values(fact) if name == "met" else values(fact)
            for name, fact in FACTS.items()
            if name not in without
        },
    )


def moments() -> st.SearchStrategy[datetime]:
    """Any moment within half a year of now."""
    return st.integers(-180 * 24 * 60, 180 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))


def situations(*without: str) -> st.SearchStrategy[Situation]:
    """Any situation that lacks the facts named."""
    return st.builds(
        Situation,
        now=moments(),
        facts=facts(*without),
        happened=st.dictionaries(st.sampled_from(EVENTS), moments(), max_size=5),
        time_zone=st.sampled_from(ZONES),
    )
