"""The words that norms, situations and advice are written in: acts, channels, verdicts, events and facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

ACTS: Mapping[str, tuple[str, ...]] = {
    "record": ("",),
    "look_up": ("professional",),
    "thank": ("email", "letter", "phone", "message", "text"),
    "invite": ("professional", "social"),
    "follow": ("microblog",),
    "answer": ("professional", "social", "microblog"),
    "talk_first": ("phone", "email", "meeting"),
    "check_in": ("email", "phone"),
    "congratulate": ("email", "message"),
    "keep_in_touch": ("",),
    "ask_introduction": ("",),
    "make_introduction": ("",),
    "withdraw": ("professional",),
}
"""Every act and the channels it can be done by; "" is an act without a channel."""

PAIRS: tuple[tuple[str, str], ...] = tuple(
    (act, channel) for act, channels in ACTS.items() for channel in channels
)
"""Every act by every channel, in the order in which advice is given."""

SPHERES: Mapping[str, tuple[str, ...]] = {
    "professional": ("professional", "message"),
    "social": ("social",),
}
"""The channels of each sphere; the microblog stands between the two and belongs to neither."""

VERDICTS: tuple[str, ...] = ("do", "optional", "ask", "hold", "avoid", "never")
"""From the boldest to the most cautious; `optional` neither helps nor hurts."""

EVENTS: tuple[str, ...] = (
    "interview_end",
    "thank_you_sent",
    "letter_arrival",
    "reply_by",
    "decision",
    "offer",
    "rejection",
    "joining",
    "real_contact",
    "their_invitation",
    "consent",
    "reply",
)
"""What a hold waits for and what windows are counted from."""


_WRITTEN: Mapping[str, Callable[[str], str]] = {"country": str.upper, "sector": str.lower}
"""How free words are written, whatever way they are typed."""

_EXPECTED: Mapping[str, str] = {"country": "an ISO code, as PT"}
"""What a free word has to be."""

MOST = 1_000_000
"""The largest number that a fact can mean."""

_MAY_BE_AHEAD = frozenset({"days_since_interview", "days_since_contact", "days_since_decision"})
"""Days gone by, which are below 0 while their day is still ahead; nothing else that is counted can be."""

YEARS = range(1970, 2100)
"""The years that a day can mean; calendar arithmetic counts day by day and has an end on either side."""

LONGEST_WORD = 64


class Type(Enum):
    """What values a fact takes."""

    CHOICE = "one of its values"
    BOOLEAN = "true or false"
    NUMBER = "a whole number"
    DAY = "a day, as 2026-11-24"
    WORD = "a word"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its type, its values when they are few, and the question that asks a member for it.

    `is_asked` is false for what Rapport counts or records by itself.
    """

    name: str
    type: Type
    asks: str
    values: tuple[str, ...] = ()
    is_asked: bool = True

    def accepts(self, value: Any) -> bool:
        """Whether `value` is of this fact's type; a number is not a boolean, nor the other way round."""
        match self.type:
            case Type.CHOICE:
                return value in self.values
            case Type.BOOLEAN:
                return isinstance(value, bool)
            case Type.NUMBER:
                least = -MOST if self.name in _MAY_BE_AHEAD else 0
                return isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST
            case Type.DAY:
                return isinstance(value, date) and value.year in YEARS
            case Type.WORD:
                return isinstance(value, str) and value.isprintable() and 0 < len(value) <= LONGEST_WORD

    def parse(self, text: str) -> Any:
        """Read a value as typed on a command line or in a form; ValueError with a sentence otherwise."""
        text = _WRITTEN.get(self.name, str)(text.strip())
        value: Any = text
        try:
            if self.type is Type.BOOLEAN:
                value = {"true": True, "yes": True, "false": False, "no": False}[text.lower()]
            elif self.type is Type.NUMBER:
                value = int(text)
            elif self.type is Type.DAY:
                value = date.fromisoformat(text)
        except (KeyError, ValueError):
            value = None
        if not self.accepts(value):
            raise ValueError(f"{self.name} takes {self.expects}, not {text[:LONGEST_WORD]!r}.")
        return value

    @property
    def expects(self) -> str:
        """The values it takes, in words."""
        return ", ".join(self.values) or _EXPECTED.get(self.name, self.type.value)


def _choice(name: str, asks: str, *values: str) -> Fact:
    return Fact(name, Type.CHOICE, asks, values)


_DECLARED = (
    _choice(
        "role",
        "What is their part in this?",
        "recruiter",
        "hr",
        "hiring_manager",
        "peer",
        "executive",
        "candidate",
        "other",
    ),
    _choice(
        "stage", "How far is the application?", "prospect", "applied", "screening", "interviewing", "decided"
    ),
    _choice(
        "decision",
        "What was decided?",
        "none",
        "offer",
        "accepted",
        "declined",
        "rejected",
        "withdrawn",
        "silent",
    ),
    Fact("reply_by", Type.DAY, "By which day did they promise an answer?"),
    _choice("decision_pace", "How fast do they decide?", "same_day", "days", "weeks"),
    Fact("check_ins", Type.NUMBER, "How many of your enquiries were left unanswered?"),
    _choice("met", "How did you meet?", "interview", "call", "event", "colleague", "online", "never"),
    Fact("in_person", Type.BOOLEAN, "Did you meet in person?"),
    Fact("interviews", Type.NUMBER, "How many interviews did you have with them?"),
    Fact(
        "contact_outside",
        Type.BOOLEAN,
        "Was there real contact apart from the interview: a call, a mail, a meeting?",
    ),
    _choice("rapport", "How was the rapport?", "weak", "fair", "strong"),
    Fact("worth_keeping", Type.BOOLEAN, "Would you want to stay in touch whatever they decide?"),
    Fact("purpose", Type.BOOLEAN, "Would an invitation offer something the thank-you does not?"),
    Fact("would_introduce", Type.BOOLEAN, "Would you ask them for an introduction, and give them one?"),
    Fact("connections", Type.NUMBER, "About how many connections does their profile show?"),
    Fact(
        "degree",
        Type.NUMBER,
        "Are you connected: not at all, directly, or through one or two others?",
        ("0", "1", "2", "3"),
    ),
    Fact("mutuals", Type.NUMBER, "How many connections do you share?"),
    _choice("invited_me", "Have they invited you?", "none", "professional", "social", "microblog"),
    _choice(
        "may_connect", "Did you ask whether you may connect, and what did they say?", "yes", "no", "not_asked"
    ),
    _choice("thanked", "Have you thanked them?", "none", "email", "letter", "phone"),
    _choice(
        "invited",
        "Have you invited them, and what came of it?",
        "none",
        "sent",
        "accepted",
        "declined",
        "ignored",
        "withdrawn",
    ),
    Fact("uses_site", Type.BOOLEAN, "Do they use the site?"),
    Fact("i_know_the_site", Type.BOOLEAN, "Do you know the site and how it works?"),
    Fact("country", Type.WORD, "In which country are they?"),
    Fact("sector", Type.WORD, "Which sector are they in: law, technology, medicine, public, charity?"),
    Fact("panel", Type.NUMBER, "How many interviewers were there?"),
    Fact("runs_the_process", Type.BOOLEAN, "Is it they whom one asks how things stand?"),
    Fact("via_agency", Type.BOOLEAN, "Does an agency stand between you?"),
    Fact("search_is_secret", Type.BOOLEAN, "Must your present employer not notice the search?"),
    Fact("days_since_interview", Type.NUMBER, "How many days ago was the interview?"),
    Fact("days_since_contact", Type.NUMBER, "How many days ago were you last in real contact?"),
    Fact("days_since_decision", Type.NUMBER, "How many days ago was it decided?"),
    Fact("thanked_since_decision", Type.BOOLEAN, "Have you thanked them since the decision?"),
    Fact("letter_in_post", Type.BOOLEAN, "Is a letter of yours to them in the post?"),
    Fact("joined", Type.BOOLEAN, "Have you started to work there?"),
    Fact("title_changed", Type.BOOLEAN, "Have they changed title or company lately?"),
)

ONCE_MET = frozenset({"may_connect", "rapport", "worth_keeping"})
"""What nobody can answer before they have met."""

_COUNTED = frozenset(
    [
        "stage",
        "decision",
        "check_ins",
        "interviews",
        "thanked",
        "invited",
        "panel",
        "runs_the_process",
        "days_since_interview",
        "days_since_contact",
        "days_since_decision",
        "thanked_since_decision",
        "letter_in_post",
        "joined",
        "title_changed",
    ]
)

FACTS: Mapping[str, Fact] = {
    fact.name: replace(fact, is_asked=fact.name not in _COUNTED) for fact in _DECLARED
}
"""Every fact by its name."""
