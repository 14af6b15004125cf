"""What an answer or a happening changed, in sentences to be read out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rapport.rules import phrases

if TYPE_CHECKING:
    from rapport.followups.computing import Changed

_NAMED = 2
"""Steps that are named: on a telephone more of them would cover the page that they are about."""


def what_changed(changes: Sequence[Changed]) -> str:
    """Name the first two steps whose verdict changed, before all what is to be done now; "" when none did."""
    changes = sorted(changes, key=lambda change: change.after != "do")
    sentences = [
        f"“{phrases.deed(change.step.act, change.step.channel, change.step.person.name)}” is now "
        f"“{phrases.verdict_in_a_sentence(change.after)}”, no longer “{phrases.verdict_in_a_sentence(change.before)}”."
        for change in changes[:_NAMED]
    ]
    rest = len(changes) - _NAMED
    if rest > 0:
        sentences.append(f"{rest} more {'has' if rest == 1 else 'have'} changed.")
    return " ".join(sentences)
