"""Hold the facts against all norms at once: which norms cannot hold, and which facts are missing.

Both are numbers of bits, one for each norm and one for each fact asked about. Two situations that look alike here
are judged alike, however their facts differ, and to compare two numbers takes no time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from rapport.rules.etiquette.norm import Norm

_REMEMBERED = 1024


class Sifted(NamedTuple):
    """The norms that cannot hold, and the keys whose facts are not known, a bit each."""

    failed: int
    unknown: int


class _Key(NamedTuple):
    """One fact that norms ask about, its bit, their tests of it, and which norms a value seen before has failed."""

    name: str
    bit: int
    tests: tuple[tuple[int, Callable[[Any], bool]], ...]
    seen: dict[Any, int]

    def failed_by(self, value: Any) -> int:
        failed = sum(bit for bit, passes in self.tests if not passes(value))
        if len(self.seen) >= _REMEMBERED:
            self.seen.clear()
        self.seen[value] = failed
        return failed


class Sieve:
    """Some norms with a bit for each, and a bit for each key that their conditions look up."""

    def __init__(self, norms: Iterable[Norm]) -> None:
        self.norms = {norm: 1 << place for place, norm in enumerate(dict.fromkeys(norms))}
        tests: dict[str, dict[int, list[Callable[[Any], bool]]]] = {}
        for norm, bit in self.norms.items():
            for wanted in norm.conditions:
                tests.setdefault(wanted.key, {}).setdefault(bit, []).append(wanted.passes)
        self.keys = {key: 1 << place for place, key in enumerate(tests)}
        self._keys = tuple(
            _Key(key, self.keys[key], tuple((bit, _all(passes)) for bit, passes in asked.items()), {})
            for key, asked in tests.items()
        )

    def sift(self, known: Mapping[str, Any]) -> Sifted:
        """Hold the facts in `known` against all norms; what it does not hold is unknown."""
        failed = unknown = 0
        for key in self._keys:
            value = known.get(key.name)
            if value is None:
                unknown |= key.bit
            else:
                fails = key.seen.get(value)
                failed |= key.failed_by(value) if fails is None else fails
        return Sifted(failed, unknown)


def _all(tests: list[Callable[[Any], bool]]) -> Callable[[Any], bool]:
    return tests[0] if len(tests) == 1 else lambda value: all(passes(value) for passes in tests)
