"""How steps and their changes are said to a member."""

from __future__ import annotations

_SAID = {
    ("record", ""): "Record {}",
    ("look_up", "professional"): "Look up {}'s profile",
    ("thank", "email"): "Thank {} by e-mail",
    ("thank", "letter"): "Write a card to {}",
    ("thank", "phone"): "Thank {} by phone",
    ("thank", "message"): "Thank {} by a message on the professional network",
    ("thank", "text"): "Thank {} by text message",
    ("invite", "professional"): "Invite {} on the professional network",
    ("invite", "social"): "Invite {} on a social network",
    ("follow", "microblog"): "Follow {} on a microblog",
    ("answer", "professional"): "Answer {}'s invitation on the professional network",
    ("answer", "social"): "Answer {}'s invitation on a social network",
    ("answer", "microblog"): "Answer {}'s request on a microblog",
    ("talk_first", "phone"): "Ring {} first",
    ("talk_first", "email"): "Write to {} first",
    ("talk_first", "meeting"): "Meet {} first",
    ("check_in", "email"): "Ask {} by e-mail where the decision stands",
    ("check_in", "phone"): "Ask {} by phone where the decision stands",
    ("congratulate", "email"): "Congratulate {} by e-mail",
    ("congratulate", "message"): "Congratulate {} by message",
    ("keep_in_touch", ""): "Keep in touch with {}",
    ("ask_introduction", ""): "Ask {} for an introduction",
    ("make_introduction", ""): "Introduce {} to somebody",
    ("withdraw", "professional"): "Withdraw the invitation to {}",
}

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
    return _SAID[act, channel].format(name)


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


def verdict_changed(step: str, before: str, after: str, because: str) -> str:
    """Say that advice changed: "Invite Dana Lee: hold became do, because the decision came."."""
    return f"{step}: {before} became {after}" + (f", because {because}." if because else ".")
