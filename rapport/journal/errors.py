"""The errors that every noun raises: each carries the sentence to show."""

from __future__ import annotations


class NotAllowed(Exception):
    """A move that is not legal here or now; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NeedsConfirmation(NotAllowed):
    """A move against a hard norm: legal once confirmed with the reasons in view."""

    def __init__(self, sentence: str, reasons: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.reasons = reasons
