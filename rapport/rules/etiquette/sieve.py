"""Hold the facts against all norms at once: which norms cannot hold, and which facts are missing.

Both are numbers of bits, one for each norm on each bench and one for each fact asked about. Two situations that
look alike here are judged alike, however their facts differ, and to compare two numbers takes no time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rapport.rules.etiquette.conditions import Condition
from rapport.rules.etiquette.norm import Norm

_REMEMBERED = 1024


class Sifted(NamedTuple):
    """The norms that cannot hold, and the keys whose facts are not known, a bit each."""

    failed: int
    unknown: int


class Key:
    """One fact that norms ask about, its bit, the norms that ask, and which of them a value fails."""

    def __init__(self, name: str, place: int) -> None:
        self.name = name
        self.bit = 1 << place
        self.norms = 0
        self._tests: dict[Condition, int] = {}
        self._failed: dict[Any, int] = {}

    def ask(self, wanted: Condition, norm: int) -> None:
        """Let the norm of that bit ask for this fact."""
        self.norms |= norm
        self._tests[wanted] = self._tests.get(wanted, 0) | norm
        self._failed.clear()

    def failed_by(self, value: Any) -> int:
        """Give the norms that cannot hold with this value."""
        failed = self._failed.get(value)
        if failed is None:
            if len(self._failed) >= _REMEMBERED:
                self._failed.clear()
            failed = self._failed[value] = sum(
                [norms for wanted, norms in self._tests.items() if not wanted.passes(value)]
            )
        return failed


class Sieve:
    """The norms of some benches, a bit each, and the keys that their conditions look up."""

    def __init__(self) -> None:
        self.keys: dict[str, Key] = {}
        self._seated = 0
        self._all = 0

    def seat(self, norms: Sequence[Norm]) -> int:
        """Take the norms of one more bench in; give the place of the first one's bit, which the others follow."""
        begins = self._seated
        self._seated += len(norms)
        for place, norm in enumerate(norms, start=begins):
            for wanted in norm.conditions:
                self._key(wanted.key).ask(wanted, 1 << place)
        return begins

    def _key(self, name: str) -> Key:
        key = self.keys.get(name)
        if key is None:
            key = self.keys[name] = Key(name, len(self.keys))
            self._all |= key.bit
        return key

    def sift(self, known: Mapping[str, Any]) -> Sifted:
        """Hold the facts in `known`, none of which is None, against all norms; any other fact is unknown."""
        failed, unknown = 0, self._all
        keys = self.keys
        for name, value in known.items():
            if name in keys:
                key = keys[name]
                failed |= key.failed_by(value)
                unknown ^= key.bit
        return Sifted(failed, unknown)
