"""Advice as a person would say it: a few sentences, the next thing first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapport.rules import moments, phrases

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from rapport.rules.etiquette import ActAdvice, Advice

_QUIET = {"record", "look_up", "keep_in_touch", "make_introduction", "withdraw"}

_IMPERATIVES = {
    ("thank", "email"): "thank them by e-mail",
    ("thank", "letter"): "write them a card by hand",
    ("thank", "phone"): "thank them by phone",
    ("thank", "message"): "thank them in a network message",
    ("thank", "text"): "thank them by text message",
    ("invite", "professional"): "invite them on the professional network",
    ("invite", "social"): "send a friend request",
    ("follow", "microblog"): "follow them",
    ("answer", "professional"): "answer their invitation",
    ("answer", "social"): "answer their friend request",
    ("answer", "microblog"): "answer their follow",
    ("talk_first", "phone"): "call them first",
    ("talk_first", "email"): "write to them first",
    ("talk_first", "meeting"): "meet them first",
    ("check_in", "email"): "ask by e-mail where the decision stands",
    ("check_in", "phone"): "ask by phone where the decision stands",
    ("congratulate", "email"): "congratulate them by e-mail",
    ("congratulate", "message"): "congratulate them in a message",
    ("ask_introduction", ""): "ask them for an introduction",
}


def counsel(advice: Advice, now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    """The advice in at most five sentences: what to do, what one may do, what waits, what to leave."""
    said = [act for act in advice.acts if act.act not in _QUIET]
    does = [act for act in said if act.verdict == "do"]
    sentences = [_do(act, now, zone) for act in does]
    may = [_imperative(act) for act in said if act.verdict == "optional"]
    if may:
        sentences.append(f"If you like, {_listed(may, 'or')}; it neither helps nor hurts.")
    sentences += [_hold(act) for act in said if act.verdict == "hold" and act.act in {"invite", "thank"}]
    asked = [_imperative(act) for act in said if act.verdict == "ask"]
    if asked:
        sentences.append(f"Whether to {_listed(asked, 'or')} hangs on what you have not said yet.")
    sentences += [_never(act) for act in said if act.verdict == "never" and act.act in {"invite", "follow"}]
    return tuple(sentences) or ("There is nothing to do towards them now, and nothing to worry about.",)


def _do(act: ActAdvice, now: datetime, zone: ZoneInfo) -> str:
    by = f" by {moments.moment_in_words(act.window.due, now, zone)}" if act.window else ""
    return f"{_capital(_imperative(act))}{by}. {_first_reason(act)}".strip()


def _hold(act: ActAdvice) -> str:
    return f"Do not {_imperative(act)} yet; wait {phrases.until(act.until or 'decision')}. {_first_reason(act)}".strip()


def _never(act: ActAdvice) -> str:
    return f"Never {_imperative(act)}. {_first_reason(act)}".strip()


def _first_reason(act: ActAdvice) -> str:
    return act.because[0].says if act.because else ""


def _imperative(act: ActAdvice) -> str:
    return _IMPERATIVES.get((act.act, act.channel), phrases.deed(act.act, act.channel).lower())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _listed(words: list[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
