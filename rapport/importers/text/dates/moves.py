"""What a text moves to the day on which something takes place: away from when, and whether it says so or asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapport.importers.text.dates.standing import Standing, leads_to, moves_it, says_moved
from rapport.importers.text.sentences import is_conditional, spans
from rapport.importers.text.words import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, time

    from rapport.importers.text.dates.appointments import Mention

# who moves on moves no interview: "we are moving forward", "you moved to the next round", "we moved to a new office"
_GOES_ON = re.compile(
    r"\bmov\w+\s+(?:you\s+)?(?:forward|on|ahead|along|in|into|offices?|(?:on\s+)?to\s+(?:an?|the|our)\s+"
    r"(?:new|next|final|last|second|third)\b(?!\s+(?:date|day|time|slot)))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Move:
    """The day and the hour that are left, as far as the text names them; `asks` where it only asks or proposes."""

    on: date | None = None
    hour: time | None = None
    asks: bool = False


def move_of(chosen: Mention, mentions: Sequence[Mention], text: str, title: str = "") -> Move | None:
    """Give what a text moves to the chosen day; None where it moves no interview, or is not clear from when.

    `title` may say what it is about. Of a deadline or of the first day at work nothing follows for an interview.
    """
    left = [one for one in mentions if _is_left(one, chosen)]
    told = [chosen.sentence, *(one.sentence for one in left)]
    moving = [sentence for sentence in _sentences(text) if _is_moving(sentence)]
    days = {one.day.on for one in left if one.day.on}
    if (
        not _is_moved(chosen, left, [*moving, title])
        or len(days) > 1
        or not _is_about_an_interview([*told, *moving], title)
    ):
        return None
    hours = [one.clock.begins for one in left if one.clock]
    on = next(iter(days), chosen.day.on if chosen.left else None)
    asks = chosen.standing is Standing.MAYBE or _asks([*told, *moving], text)
    return Move(on, next(iter(hours), chosen.left), asks)


def _is_moved(chosen: Mention, left: Sequence[Mention], besides: Sequence[str]) -> bool:
    """Say whether the chosen day is the one to which something is moved, by its sentence or by others."""
    says_so = [sentence for sentence in besides if _is_moving(sentence) and says_moved(sentence)]
    if chosen.standing is Standing.NEW:
        return bool(left or chosen.left or says_so) or _is_moving(chosen.sentence)
    if chosen.standing is Standing.MAYBE and leads_to(chosen.lead):
        return pattern("days", "moving").search(chosen.sentence) is not None
    if left:
        return any(
            one.standing is Standing.LEFT if one.place == chosen.place else _is_moving(one.sentence)
            for one in left
            if one.place <= chosen.place
        )
    return any(pattern("interview", "strong").search(sentence) for sentence in says_so)


def _is_left(one: Mention, chosen: Mention) -> bool:
    """Say whether a day is left for the chosen one: said so, called off, or named where something is moved."""
    if one.day.begins == chosen.day.begins or (one.day.on == chosen.day.on and one.clock == chosen.clock):
        return False
    if one.day.on == chosen.day.on and not (one.clock and chosen.clock):
        return False
    is_moved = one.standing is Standing.HOLDS and _is_moving(one.sentence)
    return one.standing in (Standing.LEFT, Standing.OFF) or is_moved


def _is_moving(sentence: str) -> bool:
    if not pattern("days", "moving").search(sentence):
        return False
    match = pattern("days", "moving").search(_GOES_ON.sub(" ", sentence))
    return match is not None and not is_conditional(sentence[: match.start()])


def _is_about_an_interview(sentences: Sequence[str], title: str) -> bool:
    if any(pattern("days", "limit", "joining").search(sentence) for sentence in sentences):
        return False
    if pattern("interview", "others").search("\n".join(sentences)):
        return False
    if any(pattern("interview", "strong", "weak").search(sentence) for sentence in sentences):
        return True
    is_named = pattern("interview", "strong").search(title) is not None
    return is_named and (_is_moving(title) or any(moves_it(sentence) for sentence in sentences))


def _asks(sentences: Sequence[str], text: str) -> bool:
    """Say whether the sentences that move something only ask or wish for it, or another asks whether it suits."""
    if any(_is_question(sentence) or _is_wish(sentence) for sentence in sentences):
        return True
    return any(
        _is_question(sentence) and pattern("days", "choice", "suits").search(sentence)
        for sentence in _sentences(text)
    )


def _is_question(sentence: str) -> bool:
    return sentence.rstrip().endswith("?")


def _is_wish(sentence: str) -> bool:
    """Say whether a sentence wishes or proposes; "we would like to inform you" tells."""
    return bool(pattern("days", "wish").search(sentence)) and not pattern("days", "telling").search(sentence)


def _sentences(text: str) -> Iterator[str]:
    return (text[begins:ends] for begins, ends in spans(text))
