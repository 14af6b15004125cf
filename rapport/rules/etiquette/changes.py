"""What would change a verdict: the unknown facts that open norms wait for, and what each answer would give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from rapport.rules.etiquette.advice import Change
from rapport.rules.etiquette.bench import Answer, Bench, Seat
from rapport.rules.etiquette.sieve import Key


class Open(NamedTuple):
    """What stands open on a bench: `norms` hang on the facts of the keys in `missing`, which are not known.

    Each would change the verdict if it held; `deciding` are the norms that decide as long as none of them does,
    the strictest hard one and the foremost of the others.
    """

    deciding: int
    norms: int
    missing: int


def changes(bench: Bench, open_: Open) -> tuple[Change, ...]:
    """Give what would change the verdict: single answers first, then answers that change it only together.

    Each open norm names the facts it misses; for each, the values it waits for are tried. Where a norm misses
    several, they are tried together as well, each with a value that it waits for.
    """
    verdict = bench.verdict(open_.deciding)
    told: dict[tuple[str, Any], Change] = {}
    for newly, answers in _answers(bench.seated(open_.norms), open_):
        then = bench.verdict(open_.deciding | newly)
        if then != verdict:
            shown = [answer.shown for answer in answers]
            for one in shown:
                if one not in told:
                    told[one] = Change(*one, *then, tuple([other for other in shown if other != one]))
    return tuple(told.values())


def _answers(seats: list[Seat], open_: Open) -> Iterator[tuple[int, tuple[Answer, ...]]]:
    """Give the answers worth trying, each with the norms that would hold."""
    missing = {key.bit: key for seat in seats for key, _ in seat.wants if key.bit & open_.missing}
    once = several = 0
    for key in missing.values():
        several |= once & key.norms
        once |= key.norms
    yield from _single(seats, open_.norms & ~several, open_.missing)
    for seat in seats:
        if seat.bit & several:
            yield _together(seat, open_, missing)


def _single(seats: list[Seat], alone: int, missing: int) -> Iterator[tuple[int, tuple[Answer]]]:
    """Answers to one question; `alone` are the norms that wait for no other."""
    tried: set[tuple[int, Any]] = set()
    for seat in seats:
        for key, answers in seat.wants:
            norms = key.norms & alone
            if not key.bit & missing or not norms:
                continue
            for answer in answers:
                if (key.bit, answer.value) not in tried:
                    tried.add((key.bit, answer.value))
                    if newly := norms & ~key.failed_by(answer.value):
                        yield newly, (answer,)


def _together(seat: Seat, open_: Open, missing: dict[int, Key]) -> tuple[int, tuple[Answer, ...]]:
    """The answers that one norm waits for, taken together."""
    answers = tuple([answers[0] for key, answers in seat.wants if key.bit & open_.missing])
    newly = open_.norms
    for answer in answers:
        newly &= ~answer.key.failed_by(answer.value)
    answered = {answer.key for answer in answers}
    for key in missing.values():
        if key not in answered:
            newly &= ~key.norms
    return newly, answers
