"""Words that somebody else proposes, made plain; and what they are told of the matter, without names and addresses."""

from __future__ import annotations

import re
import unicodedata

from rapport.rules.drafts.fields import fields_of
from rapport.rules.drafts.known import Known

NAME, ME = "[name]", "[me]"
"""What stands for the two names while words are asked for; the real ones are put in afterwards, at home."""

_ADDRESS = re.compile(r"\S+@\S+|\b(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d(?:[\s()./-]*\d){6,}")
_LINES = re.compile(r"\n{3,}")
_FENCE = re.compile(r"\A```\w*\n(?P<words>.*?)\n?```\Z", re.DOTALL)
_JOINERS = "\u200c\u200d"


def without_addresses(text: str, name: str = "") -> str:
    """Give a phrase without anything to reach somebody by, and without the name of whom it is for."""
    said = _NUMBER.sub("[number]", _ADDRESS.sub("[address]", text))
    return re.sub(re.escape(name), NAME, said, flags=re.IGNORECASE) if name.strip() else said


def plain(said: str, known: Known) -> str:
    """Give proposed words as plain text with the names put in: nothing invisible, no markup read, no empty heaps.

    They are never cut: whoever reads them is told that they are too long.
    """
    kept = "".join(sign for sign in said.replace("\r\n", "\n").replace("\r", "\n") if _is_seen(sign)).strip()
    fenced = _FENCE.match(kept)
    fields = fields_of(known)
    words = (fenced["words"] if fenced else kept).replace(NAME, fields["name"] or known.name)
    return _LINES.sub("\n\n", words.replace(ME, fields["me"] or known.me)).strip()


def _is_seen(sign: str) -> bool:
    """Whether a reader sees it: no controls, nothing that turns the direction, no private letters."""
    return (
        sign == "\n" or sign in _JOINERS or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
