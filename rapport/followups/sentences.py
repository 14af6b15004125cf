"""How steps and their changes are said to a member."""

from __future__ import annotations

from rapport.rules import phrases
from rapport.rules.etiquette import VERDICTS

_CAME = {
    "interview_end": "the interview is over",
    "thank_you_sent": "the thank-you is sent",
    "letter_arrival": "the letter has arrived",
    "reply_by": "the promised day has come",
    "decision": "the decision came",
    "offer": "the offer came",
    "rejection": "the answer was no",
    "joining": "you have joined",
    "real_contact": "there was real contact",
    "their_invitation": "their invitation came",
    "consent": "they said that you may",
    "reply": "they wrote to you",
}


def step_said(act: str, channel: str, name: str) -> str:
    """Say a step as an instruction: "Invite Dana Lee on the professional network"."""
    return phrases.deed(act, channel, name)


def event_came(event: str) -> str:
    """Say that an event has happened, as a clause."""
    return _CAME[event]


def mail_came(name: str, kind: str, subject: str) -> str:
    """Say that a person wrote a mail: "Dana Lee answered: Re: Thank you."."""
    wrote = "answered" if kind == "reply" else "wrote to you"
    return f"{name} {wrote}: {subject}" if subject else f"{name} {wrote}."


def silence_said(step: str) -> str:
    """Say that nobody answered a step: "Thank Dana Lee by e-mail: no answer so far."."""
    return f"{step}: no answer so far, and it may well stay so."


_BOLDER = {
    "do": "now is the time",
    "optional": "you may now",
    "ask": "one answer decides now",
    "hold": "wait for it now",
    "avoid": "no longer ruled out, and still better not",
}
_MORE_CAUTIOUS = {
    "optional": "no longer asked for, and still fine",
    "ask": "one answer decides now",
    "hold": "better wait now",
    "avoid": "better not any more",
    "never": "not at all any more",
}
"""What became of advice, by the verdict that it is now: a person speaks of what to do, not of verdicts."""


def verdict_changed(step: str, before: str, after: str, because: str) -> str:
    """Say that advice changed: "Invite Dana Lee: now is the time, because the decision came."."""
    is_bolder = VERDICTS.index(after) < VERDICTS.index(before)
    words = (_BOLDER if is_bolder else _MORE_CAUTIOUS)[after]
    return f"{step}: {words}" + (f", because {because}." if because else ".")
