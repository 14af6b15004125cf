"""The debate as a table to read like a conversation: a row an act, a column a verdict, the schools' names in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapport.rules import phrases
from rapport.rules.etiquette import VERDICTS

if TYPE_CHECKING:
    from rapport.rules.etiquette import Reason
    from rapport.rules.etiquette.debate import ActDebate, Debate, Opinion


@dataclass(frozen=True, slots=True)
class Voice:
    """One school's say on an act."""

    key: str
    opinion: Opinion
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """The schools that share a verdict on an act."""

    verdict: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One act: a cell for each verdict, and the rules that stand above every school."""

    deed: str
    cells: tuple[Cell, ...]
    rules: tuple[Reason, ...]

    @property
    def is_debated(self) -> bool:
        """Whether at least two schools speak."""
        return sum(len(cell.voices) for cell in self.cells) > 1


def rows_of(debate: Debate, school: str) -> tuple[Row, ...]:
    """Every act on which some school speaks; `school` is the member's own choice."""
    found = [_row(act, school) for act in debate.acts if any(held.verdict for held in act.opinions)]
    return tuple(sorted(found, key=lambda row: not row.is_debated))


def columns_of(rows: tuple[Row, ...]) -> tuple[str, ...]:
    """The verdicts that somebody gives, from the boldest to the most cautious."""
    given = {cell.verdict for row in rows for cell in row.cells if cell.voices}
    return tuple(verdict for verdict in VERDICTS if verdict in given)


def _row(act: ActDebate, school: str) -> Row:
    cells = tuple(Cell(verdict, tuple(_voices(act, verdict, school))) for verdict in VERDICTS)
    return Row(phrases.deed(act.act, act.channel), cells, act.rules)


def _voices(act: ActDebate, verdict: str, school: str) -> Iterator[Voice]:
    for held in act.opinions:
        if held.verdict == verdict:
            yield Voice(
                f"{act.act}-{act.channel}-{held.school.identifier}", held, held.school.identifier == school
            )


def in_one_line(act: ActDebate) -> str:
    """How the schools divide on one act, as "8 schools wait, 4 would do it now"."""
    counts = Counter(held.verdict for held in act.opinions if held.verdict)
    words = [_counted(verdict, counts[verdict]) for verdict in VERDICTS if counts[verdict]]
    return ", ".join(words) or "no school has an opinion"


def _counted(verdict: str, count: int) -> str:
    of_one, of_several = _SAY[verdict]
    return f"{count} {of_one if count == 1 else of_several}"


_SAY = {
    "do": ("school would do it now", "schools would do it now"),
    "optional": ("leaves it open", "leave it open"),
    "ask": ("would ask first", "would ask first"),
    "hold": ("school waits", "schools wait"),
    "avoid": ("advises against it", "advise against it"),
    "never": ("never would", "never would"),
}
"""What one school says, and what several say."""
