"""The words that pages use for acts, verdicts, events and facts: data, so that no template decides about language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapport.rules import moments
from rapport.rules.card.dates import partial_date
from rapport.rules.countries import country_names
from rapport.rules.etiquette import vocabulary

DEEDS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("record", ""): ("Keep {name} in your address book", "Keep in your address book"),
    ("look_up", "professional"): ("Look up {name}", "Look up their profile"),
    ("thank", "email"): ("Thank {name} by e-mail", "E-mail a thank-you"),
    ("thank", "letter"): ("Write the card to {name}", "Card by hand"),
    ("thank", "phone"): ("Thank {name} by phone", "Thank by phone"),
    ("thank", "message"): ("Thank {name} in a network message", "Thank in a network message"),
    ("thank", "text"): ("Thank {name} by text message", "Thank by text message"),
    ("invite", "professional"): ("Invite {name} on the professional network", "Invite, professional network"),
    ("invite", "social"): ("Send {name} a friend request", "Friend request"),
    ("follow", "microblog"): ("Follow {name} on the microblog", "Follow on the microblog"),
    ("answer", "professional"): ("Answer {name} on the professional network", "Answer their invitation"),
    ("answer", "social"): ("Answer {name}, who sent a friend request", "Answer their friend request"),
    ("answer", "microblog"): ("Answer {name}, who follows you", "Answer their follow"),
    ("talk_first", "phone"): ("Call {name}", "Call first"),
    ("talk_first", "email"): ("Write to {name}", "Write first"),
    ("talk_first", "meeting"): ("Meet {name}", "Meet first"),
    ("check_in", "email"): (
        "Ask {name} by e-mail where the decision stands",
        "Ask where it stands, by e-mail",
    ),
    ("check_in", "phone"): ("Ask {name} by phone where the decision stands", "Ask where it stands, by phone"),
    ("congratulate", "email"): ("Congratulate {name} by e-mail", "Congratulate by e-mail"),
    ("congratulate", "message"): ("Congratulate {name} in a network message", "Congratulate in a message"),
    ("keep_in_touch", ""): ("Keep in touch with {name}", "Keep in touch"),
    ("ask_introduction", ""): ("Ask {name} for an introduction", "Ask for an introduction"),
    ("make_introduction", ""): ("Introduce {name} to somebody", "Make an introduction"),
    ("withdraw", "professional"): ("Withdraw the invitation to {name}", "Withdraw your invitation"),
}
"""An act by a channel: as said of a named person, and as said in that person's own block."""

CHANNELS: Mapping[str, str] = {
    "email": "e-mail",
    "phone": "phone",
    "letter": "letter",
    "message": "network message",
    "text": "text message",
    "meeting": "meeting you",
}
"""How somebody got in touch, as it follows the word "by"."""

ACTS: Mapping[str, str] = {
    "thank": "Thank, in any way",
    "invite": "Invite, on any network",
    "answer": "Answer an invitation, anywhere",
    "talk_first": "Talk first, in any way",
    "check_in": "Ask where it stands, in any way",
    "congratulate": "Congratulate, in any way",
}
"""An act by any of its channels."""

VERDICTS: Mapping[str, str] = {
    "do": "Do",
    "optional": "Optional",
    "ask": "It depends",
    "hold": "Hold",
    "avoid": "Avoid",
    "never": "Never",
}

EVENTS: Mapping[str, str] = {
    "interview_end": "the interview is over",
    "thank_you_sent": "your thank-you is sent",
    "letter_arrival": "your letter arrives",
    "reply_by": "the day they promised",
    "decision": "the decision",
    "offer": "an offer",
    "rejection": "a no",
    "joining": "your first day there",
    "real_contact": "there was real contact",
    "their_invitation": "they invite you",
    "consent": "they say yes",
    "reply": "they answer",
}
"""What a hold waits for, as it follows the word "until"."""

_VALUES: Mapping[str, str] = {
    "hr": "human resources",
    "hiring_manager": "hiring manager",
    "same_day": "the same day",
    "not_asked": "not asked",
    "none": "no, nothing",
    "silent": "silence",
    "on_site": "on site",
    "passed": "a day gone by",
    "True": "yes",
    "False": "no",
}

_VALUES_OF: Mapping[tuple[str, str], str] = {
    ("decision", "none"): "none yet",
    ("decision", "declined"): "I turned it down",
    ("decision", "accepted"): "I accepted",
    ("decision", "rejected"): "they said no",
    ("decision", "withdrawn"): "I withdrew",
    ("decision", "silent"): "silence, taken as a no",
    ("met", "never"): "not met yet",
    ("met", "interview"): "in an interview",
    ("met", "call"): "on a call",
    ("met", "event"): "at an event",
    ("met", "colleague"): "as colleagues",
    ("invited_me", "none"): "no",
    ("invited", "none"): "not yet",
    ("thanked", "none"): "not yet",
    ("degree", "0"): "not at all",
    ("degree", "1"): "directly",
    ("degree", "2"): "through one other",
    ("degree", "3"): "through two others",
}

FACTS: Mapping[str, str] = {
    "role": "Their part",
    "stage": "Stage",
    "decision": "Decision",
    "reply_by": "Answer promised by",
    "decision_pace": "Pace of the decision",
    "check_ins": "Enquiries unanswered",
    "met": "How you met",
    "in_person": "Met in person",
    "interviews": "Interviews with them",
    "contact_outside": "Real contact apart from the interview",
    "rapport": "The rapport",
    "worth_keeping": "Worth keeping in touch",
    "purpose": "An invitation would offer something",
    "would_introduce": "Would ask and give introductions",
    "connections": "Their connections",
    "degree": "How you are connected",
    "mutuals": "Shared connections",
    "invited_me": "They invited you",
    "may_connect": "May you connect",
    "thanked": "Thanked",
    "invited": "Invited",
    "uses_site": "They use the site",
    "i_know_the_site": "You know the site",
    "country": "Their country",
    "sector": "Their sector",
    "panel": "Number of interviewers",
    "runs_the_process": "Runs the process",
    "via_agency": "Through an agency",
    "search_is_secret": "The search is secret",
    "days_since_interview": "Days since the interview",
    "title_changed": "Changed title or company lately",
    "joined": "You work there by now",
    "days_since_contact": "Days since real contact",
    "days_since_decision": "Days since the decision",
    "thanked_since_decision": "Thanked since the decision",
    "letter_in_post": "A letter of yours is in the post",
}
"""A fact's short name on a page."""


CARD_FIELDS = {
    "title": "Title",
    "organisation": "Company",
    "name": "Name",
    "emails": "E-mail",
    "phones": "Telephone",
    "addresses": "Post",
    "urls": "On the web",
    "birthday": "Birthday",
    "days": "Days to remember",
    "photo": "Photo",
    "note": "Note",
    "tags": "Tags",
}
"""A field that sources speak of (`card.hearing.FIELDS`), on a page."""


def card_value(field: str, text: str) -> str:
    """What a card says in a field (a day as ISO 8601 writes it, as far as it is known) as a person would say it."""
    if field not in {"birthday", "days"}:
        return text
    label, space, day = text.rpartition(" ")
    known = partial_date(day)
    return f"{label}{space}{moments.partly_in_words(*known)}" if known else text


def deed(act: str, channel: str, name: str = "") -> str:
    """The act in words: towards a named person, or short when the person is plain from the page."""
    named, short = DEEDS[act, channel]
    return named.format(name=name) if name else short


def value_in_words(fact: str, value: Any) -> str:
    """A fact's value as a person would say it; a word that is plain English already stays as it is."""
    text = str(value)
    if fact == "country":
        return country_names().get(text, text)
    return _VALUES_OF.get((fact, text)) or _VALUES.get(text) or text.replace("_", " ")


def until(event: str) -> str:
    """What a hold waits for, in words; "" for an event that is not named."""
    return f"until {EVENTS[event]}" if event else ""


def verdict_in_a_sentence(verdict: str) -> str:
    """A verdict as it stands inside a sentence."""
    return VERDICTS[verdict].lower()


SHORTEST: Mapping[tuple[str, str], str] = {
    ("thank", "email"): "e-mail",
    ("thank", "letter"): "post the card",
    ("thank", "phone"): "call",
    ("invite", "professional"): "invite",
    ("answer", "professional"): "answer",
    ("check_in", "email"): "ask where it stands",
    ("check_in", "phone"): "ask by phone",
}
"""An act in a word or two, for the line in time."""


def values_in_words(fact: str) -> list[tuple[str, str]]:
    """Every value of a fact with its words, for a list to choose from."""
    return [(value, value_in_words(fact, value)) for value in vocabulary.FACTS[fact].values]


_TOLD_BY_A_TITLE = frozenset({"executive", "peer", "other"})
"""Parts that a job title says better than a word does."""


def title_and_part(title: str, role: str) -> str:
    """What somebody does and their part in the process, the part only where the title does not tell it."""
    part = value_in_words("role", role) if role else ""
    told = role in _TOLD_BY_A_TITLE or part.casefold() in title.casefold()
    return ", ".join(filter(None, (title, "" if title and told else part)))
