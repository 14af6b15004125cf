"""Who of a book fits what somebody typed, the likeliest first; the same on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from rapport.accounts.models import Member
from rapport.people.models.person import PersonQuerySet
from rapport.rules.finding import Word, is_near, likely, looked_for

MOST = 500
"""How many are looked through and put in order; whoever types one letter of a large book types on."""

AT_ONCE = 1000
"""Cards that are read before a search when they changed since: half a second; the worker reads the others."""

_NEAR = 2000
"""How many that may be meant by a typo are compared."""

_FIRST = 4 * MOST
_LOOK_UP = "SELECT rowid FROM people_cardwords WHERE people_cardwords MATCH %s"

_COLUMNS = ("name", "work", "rest")
_Groups = Sequence[Sequence[str]]
"""Of each group of patterns somebody has one."""


def fitting(people: PersonQuerySet, text: str, member: Member) -> PersonQuerySet:
    """Narrow people to those who fit every word of a text, in no order and without regard for typos.

    A text without a letter or a digit narrows nothing when it is blank, and fits nobody otherwise.
    """
    asked = looked_for(text, member.country)
    if not asked:
        return people.none() if text.strip() else people
    return _holding(people, [word.patterns for word in asked], _COLUMNS)


def best(people: PersonQuerySet, text: str, member: Member) -> list[int]:
    """Give the keys of those who fit, at most `MOST`: by name first, then by work, then by anything else.

    When nobody fits, those do in whose name, work or title the words are but for a typo. A constant number of
    queries.
    """
    asked = looked_for(text, member.country)
    if not asked:
        return []
    is_address = "@" in text  # the name of nobody, and its parts stand on every other card
    starts, anywhere = [_starting(word) for word in asked], [word.patterns for word in asked]
    found = [] if is_address else _some(people, starts, ("name",))
    if len(found) < MOST:
        found += _some(people, anywhere, _COLUMNS)
    if not found:
        found = _nearly(people, asked)
    ordered = sorted(
        dict.fromkeys(found), key=lambda row: (_place(row, starts, anywhere), row[3].casefold(), row[0])
    )
    return [row[0] for row in ordered[:MOST]]


_Row = tuple[int, str, str, str]
"""Key, words of the name, words of the work, name."""


def _some(people: PersonQuerySet, groups: _Groups, columns: Sequence[str]) -> list[_Row]:
    """Give at most `MOST` who have one pattern of each group.

    SQLite would look up everybody of whom a word is true before it passes over the first: the first few thousand are
    asked for, and all only when too few of these are among `people`.
    """
    if connection.vendor != "sqlite":
        return _rows(_holding(people, groups, columns), MOST)
    with connection.cursor() as cursor:
        cursor.execute(f"{_LOOK_UP} LIMIT %s", [_question(groups, columns), _FIRST])
        keys = [key for (key,) in cursor.fetchall()]
    if not keys:
        return []
    found = _rows(people.filter(pk__in=RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])), MOST)
    if len(found) == MOST or len(keys) < _FIRST:
        return found
    return _rows(_holding(people, groups, columns), MOST)


def _rows(people: PersonQuerySet, at_most: int) -> list[_Row]:
    columns = ("pk", "card_index__name", "card_index__work", "name")
    return list(people.order_by().values_list(*columns)[:at_most])


def _starting(word: Word) -> tuple[str, ...]:
    """Patterns that begin a word, as one begins to type a name."""
    return tuple(pattern if pattern.startswith(" ") else f" {pattern}" for pattern in word.patterns)


def _place(row: _Row, starts: _Groups, anywhere: _Groups) -> int:
    """How far down somebody belongs: the name begins so, has such words, has them inside, or something else has."""
    _, name, work, _ = row
    if _has(name, starts):
        is_first = name.startswith(tuple(f" {pattern}" for pattern in starts[0]))
        return 0 if is_first else 1
    if _has(name, anywhere):
        return 2
    return 3 if _has(f"{name}{work}", anywhere) else 4


def _has(words: str, groups: _Groups) -> bool:
    """Say whether words hold a pattern of each group; in loops, because it is asked of a thousand people a search."""
    for group in groups:
        for pattern in group:
            if pattern in words:
                break
        else:
            return False
    return True


def _nearly(people: PersonQuerySet, asked: Sequence[Word]) -> list[_Row]:
    groups = [(*word.patterns, *likely(word.text)) for word in asked]
    rows = _rows(_holding(people, groups, ("name", "work")), _NEAR)
    return [row for row in rows if _is_meant(asked, f"{row[1]} {row[2]}".split())]


def _is_meant(asked: Iterable[Word], words: Sequence[str]) -> bool:
    return all(is_near(word.text, words) for word in asked)


def _holding(people: PersonQuerySet, groups: _Groups, columns: Sequence[str]) -> PersonQuerySet:
    """Narrow people to those who have, in some columns of the index, one pattern of each group."""
    if connection.vendor == "sqlite":
        return people.filter(pk__in=RawSQL(_LOOK_UP, [_question(groups, columns)]))  # noqa: S611  our own words
    held = [
        reduce(or_, (Q(**{f"card_index__{column}__contains": one}) for column in columns for one in group))
        for group in groups
    ]
    return people.filter(reduce(and_, held))


def _question(groups: _Groups, columns: Sequence[str]) -> str:
    """Write patterns as FTS5 asks; they hold letters, digits and blanks only, so nothing in them is an operator."""
    alternatives = (" OR ".join(f'"{pattern}"' for pattern in group) for group in groups)
    return f"{{{' '.join(columns)}}} : ({' AND '.join(f'({one})' for one in alternatives)})"
