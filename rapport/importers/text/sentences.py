"""Sentences of a text, and whether one states something or only says what would be if."""

from __future__ import annotations

import re

from rapport.importers.text.words import pattern

# three letters before a full stop: "Dr." and "p.m." end nothing
_ENDS = re.compile(r"(?<=[^\W\d]{3}\.)\s+|(?<=[\d_)\]”\"]\.)\s+|(?<=[!?;])\s+|\n\s*\n\s*|\n\s*(?=[-*•·–]\s)")


def spans(text: str) -> list[tuple[int, int]]:
    """Give where each sentence begins and ends; a line of a list is a sentence."""
    ends = [(match.start(), match.end()) for match in _ENDS.finditer(text)]
    begins = [0, *(end for _, end in ends)]
    return list(zip(begins, [*(start for start, _ in ends), len(text)], strict=True))


def leading_to(text: str, place: int, reach: int = 200) -> str:
    """Give what stands before a place in its sentence, of at most `reach` characters."""
    before = text[max(0, place - reach) : place]
    return before[spans(before)[-1][0] :]


def is_conditional(sentence: str) -> bool:
    """Say whether a sentence holds only in some case: "If you have trouble, call us", "Backup link: ..."."""
    return pattern("sentences", "conditional").search(sentence) is not None


def firm(text: str) -> str:
    """Give a text without what holds only in some case: the rest of a sentence from the word that says so."""
    if not is_conditional(text):
        return text
    sentences = (text[begins:ends] for begins, ends in spans(text))
    return "\n".join(pattern("sentences", "conditional").split(sentence, 1)[0] for sentence in sentences)
