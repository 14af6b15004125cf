"""What is, or would be if: an answer to a question as a friend would say it, for pages, journal and terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rapport.rules import phrases

_ANSWERS: Mapping[str, Mapping[str, str]] = {
    "role": {
        "recruiter": "they are a recruiter",
        "hr": "they are from human resources",
        "hiring_manager": "they are the hiring manager",
        "peer": "they are a future colleague",
        "executive": "they are an executive",
        "candidate": "they are a candidate like you",
        "other": "they are somebody else in this",
    },
    "stage": {
        "prospect": "you have not applied yet",
        "applied": "you have applied and heard nothing yet",
        "screening": "you are in the first screening",
        "interviewing": "you are being interviewed",
        "decided": "it is decided",
    },
    "decision": {
        "none": "nothing is decided yet",
        "offer": "they make you an offer",
        "accepted": "you accept",
        "declined": "you turn it down",
        "rejected": "they say no",
        "withdrawn": "you withdraw",
        "silent": "their silence counts as a no",
    },
    "reply_by": {
        "passed": "the day they promised has gone by",
        "ahead": "the day they promised is still to come",
    },
    "decision_pace": {
        "same_day": "they decide on the same day",
        "days": "they decide within days",
        "weeks": "they decide within weeks",
    },
    "met": {
        "interview": "you met in an interview",
        "call": "you met on a call",
        "event": "you met at an event",
        "colleague": "you met as colleagues",
        "online": "you met online",
        "never": "you have not met",
    },
    "in_person": {"True": "you met in person", "False": "you did not meet in person"},
    "contact_outside": {
        "True": "there was real contact apart from the interview",
        "False": "there was no contact apart from the interview",
    },
    "rapport": {
        "weak": "the rapport was weak",
        "fair": "the rapport was fair",
        "strong": "the rapport was strong",
    },
    "worth_keeping": {
        "True": "you want to stay in touch whatever they decide",
        "False": "you would not stay in touch whatever they decide",
    },
    "purpose": {
        "True": "an invitation offers something that the thank-you does not",
        "False": "an invitation offers nothing that the thank-you does not",
    },
    "would_introduce": {
        "True": "you would ask them for an introduction, and give them one",
        "False": "you would neither ask them for an introduction nor give them one",
    },
    "degree": {
        "0": "you are not connected",
        "1": "you are connected already",
        "2": "you are connected through one other",
        "3": "you are connected through two others",
    },
    "invited_me": {
        "none": "they have not invited you",
        "professional": "they have invited you on the professional network",
        "social": "they have sent you a friend request",
        "microblog": "they follow you on the microblog",
    },
    "may_connect": {
        "yes": "they said that you may connect",
        "no": "they said that they would rather not connect",
        "not_asked": "you did not ask whether you may connect",
    },
    "thanked": {
        "none": "you have not thanked them",
        "email": "you have thanked them by e-mail",
        "letter": "you have thanked them by letter",
        "phone": "you have thanked them by phone",
    },
    "invited": {
        "none": "you have not invited them",
        "sent": "your invitation is with them",
        "accepted": "they accepted your invitation",
        "declined": "they declined your invitation",
        "ignored": "they let your invitation rest",
        "withdrawn": "you withdrew your invitation",
    },
    "uses_site": {"True": "they use the site", "False": "they do not use the site"},
    "i_know_the_site": {"True": "you know the site and how it works", "False": "you do not know the site"},
    "runs_the_process": {
        "True": "it is they whom one asks how things stand",
        "False": "one asks others how things stand",
    },
    "via_agency": {"True": "an agency stands between you", "False": "no agency stands between you"},
    "search_is_secret": {
        "True": "your present employer must not notice the search",
        "False": "your present employer may notice the search",
    },
    "thanked_since_decision": {
        "True": "you have thanked them since the decision",
        "False": "you have not thanked them since the decision",
    },
    "letter_in_post": {
        "True": "a letter of yours is in the post",
        "False": "no letter of yours is in the post",
    },
    "joined": {"True": "you work there by now", "False": "you do not work there yet"},
    "title_changed": {
        "True": "they changed title or company lately",
        "False": "they did not change title or company lately",
    },
}
"""Each value of a fact as a clause that follows "if" or "because"."""

_OTHER_THAN_NONE: Mapping[str, str] = {
    "decision": "it is decided",
    "invited_me": "they have invited you",
    "thanked": "you have thanked them already",
    "invited": "you have invited them already",
}
"""All values of a fact but "none", in one clause."""

_COUNTED: Mapping[str, tuple[str, str, str]] = {
    "check_ins": ("they left {} unanswered", "enquiry", "enquiries"),
    "interviews": ("you had {} with them", "interview", "interviews"),
    "connections": ("their profile shows about {}", "connection", "connections"),
    "mutuals": ("you share {}", "connection", "connections"),
    "panel": ("there were {}", "interviewer", "interviewers"),
    "days_since_interview": ("the interview was {} ago", "day", "days"),
    "days_since_contact": ("you were last in contact {} ago", "day", "days"),
    "days_since_decision": ("it was decided {} ago", "day", "days"),
}
_WORDS: Mapping[str, str] = {
    "country": "their country is {}",
    "sector": "their sector is {}",
    "reply_by": "they promised an answer by {}",
    "joins_on": "your first day there is {}",
}
_DAYS = ("reply_by", "joins_on")


def supposing(fact: str, values: Sequence[Any], besides: Mapping[str, Any] | None = None) -> str:
    """Give "If you are connected already": any of the `values` of a fact, together with the answers of `besides`."""
    together = (clause(other, value) for other, value in (besides or {}).items())
    return "If " + ", and ".join([_any_of(fact, [str(value) for value in values]), *together])


def _any_of(fact: str, values: list[str]) -> str:
    known = _ANSWERS.get(fact, {})
    if fact in _OTHER_THAN_NONE and set(values) == set(known) - {"none"}:
        return _OTHER_THAN_NONE[fact]
    return _either([clause(fact, value) for value in values])


def clause(fact: str, value: Any) -> str:
    """Give what an answer says as a clause: "they use the site"; a day as `datetime.date` or in ISO 8601."""
    said = _ANSWERS.get(fact, {}).get(str(value))
    if said is not None:
        return said
    if fact in _COUNTED:
        words, one, many = _COUNTED[fact]
        return words.format(f"{value} {one if str(value) == '1' else many}")
    words = _WORDS.get(fact) or f"{phrases.FACTS[fact].lower()} is {{}}"
    return words.format(_day(value) if fact in _DAYS else phrases.value_in_words(fact, value))


def _day(value: Any) -> str:
    day = date.fromisoformat(str(value))
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _either(clauses: list[str]) -> str:
    """Give clauses as one, what they begin with said once: "you have thanked them by letter or by phone"."""
    first, *others = (one.split() for one in clauses)
    if not others:
        return clauses[0]
    same = 0
    while all(len(words) > same + 1 and words[same] == first[same] for words in (first, *others)):
        same += 1
    *before, last = [clauses[0], *(" ".join(words[same:]) for words in others)]
    return f"{', '.join(before)} or {last if same else f'if {last}'}"
