"""What a sentence says of a day it names: that it holds, is the new one, is left, is a deadline, or is called off."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache

from rapport.importers.text.sentences import is_conditional
from rapport.importers.text.words import listed, pattern


class Standing(Enum):
    """How much a day counts as the one on which something takes place."""

    HOLDS = auto()
    NEW = auto()  # moved to it
    MAYBE = auto()  # only in some case
    OFF = auto()  # takes place no more
    LEFT = auto()  # moved away from it
    DEADLINE = auto()  # by then one answers, or they do
    END = auto()  # of several days


_ARRIVE = re.compile(
    r"\b(?:arrive|there|here|report|check in|join|dial in|log in|ready|present|seated)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_DASH = re.compile(r"[\s_A-Z()]*[–—-]\s*")
# between who speaks and what they do: "we will not cancel" and "we ask that you cancel in time" do neither
_DO = (
    r"(?:(?!\b(?:not|never|cannot|can|could|may|might|you|sie|du|nicht|nie|pas|no|não|non|niet|u|je)\b|n['’]t\b).)"
    r"{0,90}?"
)
# what does not take place at the office takes place elsewhere
_ELSEWHERE = re.compile(
    r"\s+(?:at|in|on|by|via|from|bei|per|dans|à|en|por|em|na|presso|da|bij|op|sur)\s+[^\W_]"
    r"|.{0,200}?\b(?:but|instead|sondern|mais|sino|mas|ma|maar)\b",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = re.compile(r"[:()\[\]|–—*]|\s-\s")
_WHO = {
    "en": r"we|i",
    "de": r"wir|ich",
    "fr": r"devons|dois|contraint\w*|obligée?s?|avons dû|regrettons|sommes au regret",
    "es": r"tenemos|tengo|debemos|lamentamos|obligad[oa]s|hemos tenido|vamos",
    "pt": r"temos|tenho|devemos|precisamos|tivemos|lamentamos",
    "it": r"dobbiamo|devo|costrett[ie]|abbiamo dovuto|spiace",
    "nl": r"wij|we|ik",
}


def _first_person(**does: str) -> re.Pattern[str]:
    """Match what those who write do themselves, in each language; the verb may stand at the end, as in German."""
    said = (rf"\b(?:{_WHO[language]})\b{_DO}\b(?:{verb})\b" for language, verb in does.items())
    return re.compile("|".join(said), re.IGNORECASE | re.DOTALL)


_CANCELS = _first_person(
    en="cancel|cancell?ing|cancell?ed your|cancell?ed the",
    de="absagen|abzusagen|abgesagt|stornieren|storniert",
    fr="annuler",
    es="cancelar|anular",
    pt="cancelar|desmarcar",
    it="annullare|cancellare|disdire",
    nl="annuleren|afzeggen|afgezegd|geannuleerd",
)
_CANCELS_IN_TWO_WORDS = re.compile(rf"\bsagen?\s+(?:wir|ich)\b{_DO}\bab\b", re.IGNORECASE | re.DOTALL)
_MOVES = _first_person(
    en="reschedule|move|postpone|change (?:the )?(?:date|day|time)",
    de="verschieben|verlegen|umbuchen",
    fr="reporter|déplacer|décaler|avancer",
    es="reprogramar|aplazar|posponer|postergar|mover",
    pt="reagendar|adiar|remarcar|antecipar",
    it="spostare|rinviare|posticipare|anticipare|riprogrammare",
    nl="verplaatsen|verzetten|uitstellen|verschuiven",
)
_WORD = re.compile(r"\s+(\w+)")
# what is moved where nothing is named: "it", "you", or nothing at all
_IT = re.compile(
    r"\s+(?:it|you|this one)\b|\s*(?:[.,;:!()–—-]|$)|\s+(?:due|because|since|as|owing|to\b)", re.IGNORECASE
)


def standing(before: str, lead: str, after: str, *, follows_a_day: bool) -> Standing:
    """Say how a day stands by its sentence: what is said `before` it and `after` it, and what leads to it.

    Days and times are blanked by `_`. `lead` begins after the day before it, if its sentence names one
    (`follows_a_day`).
    """
    if _leads("left", lead, nouns=True):
        return Standing.LEFT
    if is_conditional(before):
        return Standing.MAYBE
    moved = _moved(before, lead, after, follows_a_day=follows_a_day)
    if moved is not None:
        return moved
    if follows_a_day and _is_span(lead):
        return Standing.END
    if (
        _leads("deadline", lead, unless=_ARRIVE)
        or _leads("answer", lead)
        or pattern("days", "limit").search(lead)
    ):
        return Standing.DEADLINE
    sentence = f"{before}_{after}"
    return Standing.OFF if calls_off(sentence) or _is_not_held(sentence) else Standing.HOLDS


def _moved(before: str, lead: str, after: str, *, follows_a_day: bool) -> Standing | None:
    """Say whether something is moved to a day or away from it; None where nothing is moved."""
    sentence = f"{before}_{after}"
    if pattern("days", "moving").search(sentence):
        if leads_to(lead) or _is_moved(lead, "moving", "for") or _is_moved(lead, "put_off", "until"):
            return Standing.NEW
        if follows_a_day and _leads("for", lead, alone=True):
            return Standing.NEW
        if _leads("from", lead) or (_MOVES.search(sentence) and not is_conditional(after)):
            return Standing.LEFT
    is_new = (
        _leads("new", lead, nouns=True)
        or pattern("days", "fresh").search(lead)
        or (pattern("days", "instead").search(after) and not pattern("letters", "not_held").search(after))
    )
    is_now = follows_a_day and pattern("days", "now").search(lead)
    return Standing.NEW if is_new or is_now else None


def _is_moved(lead: str, verbs: str, towards: str) -> bool:
    """Say whether a verb and its preposition stand side by side: "moved for", not "move or cancel until"."""
    return any(
        not pattern("days", "planned").search(lead, match.end(), found.start())
        and _joint(nouns=True).fullmatch(lead, match.end(), found.start())
        and _joint().fullmatch(lead, found.end())
        for match in pattern("days", verbs).finditer(lead)
        for found in pattern("days", towards).finditer(lead, match.end())
    )


def says_moved(sentence: str) -> bool:
    """Say whether a sentence states that something is moved to another day: not "you can reschedule your interview".

    "It has been moved to our office in Berlin" says where.
    """
    match = _MOVES.search(sentence) or pattern("days", "put_off").search(sentence)
    if match is None or is_conditional(sentence[: match.start()]):
        return False
    following = _WORD.match(sentence, match.end())
    is_elsewhere = following and len(following[1]) > 1 and following[1].lower() in listed("days", "to")
    return not is_elsewhere and not pattern("days", "able").search(sentence, 0, match.start())


def moves_it(sentence: str) -> bool:
    """Say whether those who write move what they write about: "we need to move it", "we have to reschedule"."""
    match = _MOVES.search(sentence)
    return match is not None and _IT.match(sentence, match.end()) is not None


def calls_off(sentence: str) -> bool:
    """Say whether a sentence states that an interview does not take place: "we have to cancel your interview"."""
    if pattern("interview", "strong").search(sentence) and _is_not_held(sentence):
        return True
    expressions = (pattern("letters", "cancelled"), _CANCELS, _CANCELS_IN_TWO_WORDS)
    match = next((found for expression in expressions if (found := expression.search(sentence))), None)
    return match is not None and not is_conditional(sentence[: match.end()])


def _is_not_held(sentence: str) -> bool:
    """Say whether something does not take place at all: not "at our office", and not "but by phone"."""
    match = pattern("letters", "not_held").search(sentence)
    if match is None or _ELSEWHERE.match(sentence, match.end()):
        return False
    return not is_conditional(sentence[: match.end()])


def is_titled_off(title: str) -> bool:
    """Say whether a part of a title says that the rest is off, as calendars write it: "Canceled: Interview"."""
    off = pattern("letters", "off")
    return any(off.fullmatch(part.strip()) for part in _PARTS.split(title)) or calls_off(title)


def is_offered(lead: str) -> bool:
    """Say whether a day is one to choose: "November 20 or November 23"."""
    return _leads("or", lead)


def is_choice(between: str) -> bool:
    """Say whether two times are one or the other: "2 pm or 4 pm"."""
    return between.strip(" ,").lower() in listed("days", "or")


def is_added(lead: str) -> bool:
    """Say whether a day is one more beside another: "November 20 and November 21"."""
    return _leads("and", lead)


def asks_to_choose(text: str) -> bool:
    """Say whether a text lets its reader choose among days."""
    return pattern("days", "choice").search(text) is not None


def is_joint(gap: str) -> bool:
    """Say whether nothing but small words stands between a time and its day: ", at", " on"."""
    return _joint().fullmatch(gap) is not None


def is_aside(lead: str) -> bool:
    """Say whether a time is that of coming, of closing or of a deadline: "please arrive at", "we close at"."""
    return pattern("days", "aside").search(lead) is not None or _leads("deadline", lead)


def is_move(before: str) -> bool:
    """Say whether a range of times after these words is a move: "moved from 2 pm to 4 pm"."""
    moved = list(pattern("days", "moving").finditer(before))
    return bool(moved) and before[moved[-1].end() :].strip().lower() in listed("days", "from")


def leads_to(lead: str) -> bool:
    """Say whether something is moved to the day: "to", "auf", "naar"."""
    return _leads("to", lead)


def _leads(
    key: str, lead: str, *, nouns: bool = False, alone: bool = False, unless: re.Pattern[str] | None = None
) -> bool:
    """Say whether one of these words leads to the day, with nothing but small words between, nor before if `alone`."""
    return any(
        _joint(nouns=nouns).fullmatch(lead, match.end())
        and not (alone and not _joint().fullmatch(lead, 0, match.start()))
        and not (unless and unless.search(lead[: match.start()]))
        for match in pattern("days", key).finditer(lead)
    )


def _is_span(lead: str) -> bool:
    """Say whether two days are the first and the last of several: "November 20 to November 22"."""
    return _DASH.fullmatch(lead) is not None or any(
        _joint().fullmatch(lead, 0, match.start()) and _joint().fullmatch(lead, match.end())
        for match in pattern("days", "span").finditer(lead)
    )


@cache
def _joint(*, nouns: bool = False) -> re.Pattern[str]:
    small = listed("days", "joint") | (listed("days", "nouns") if nouns else frozenset())
    words = "|".join(sorted(map(re.escape, small), key=len, reverse=True))
    return re.compile(rf"(?:[\s,():_.|*]|[d]['’]|(?i:{words})(?!\w)|[A-Z]{{2,5}}(?!\w))*")
