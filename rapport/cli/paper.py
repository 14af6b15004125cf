"""A page on a terminal: text wrapped to its width, with ink that is strong or faint where the terminal can."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import unicodedata

_WIDEST = 100
_NARROWEST = 40
_STRONG, _FAINT, _PLAIN = "\033[1m", "\033[2m", "\033[0m"
_COLOURS = {"green": "\033[32m", "yellow": "\033[33m", "red": "\033[31m", "blue": "\033[34m"}


def printable(text: str) -> str:
    """Take out what would move the cursor or colour the screen: words from a file never steer a terminal."""
    return "".join(
        character for character in text if character == "\n" or unicodedata.category(character)[0] != "C"
    )


class Paper:
    """A page that grows line by line; `width` in columns, ink only when `inked`."""

    def __init__(self, width: int, *, inked: bool) -> None:
        self.width = max(_NARROWEST, min(width, _WIDEST))
        self.inked = inked
        self._lines: list[str] = []

    @classmethod
    def of_terminal(cls) -> Paper:
        """A page for standard output; plain when it is no terminal or NO_COLOR is set (no-color.org)."""
        inked = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        return cls(shutil.get_terminal_size().columns, inked=inked)

    def __str__(self) -> str:
        return "\n".join(self._lines).rstrip("\n") + "\n"

    def line(self, text: str, *, indent: int = 0, strong: bool = False, faint: bool = False) -> None:
        """Add a line, wrapped under itself when it is too long."""
        self.text(text, indent=indent, hanging=indent + 2, strong=strong, faint=faint)

    def text(
        self,
        text: str,
        *,
        indent: int = 0,
        hanging: int | None = None,
        strong: bool = False,
        faint: bool = False,
    ) -> None:
        """Add running text, its own line breaks kept."""
        for paragraph in printable(text).split("\n"):
            lines = textwrap.wrap(
                paragraph,
                self.width,
                initial_indent=" " * indent,
                subsequent_indent=" " * (indent if hanging is None else hanging),
                break_on_hyphens=False,
            )
            self._lines += [self._ink(line, strong=strong, faint=faint) for line in lines or [""]]

    def marked(self, mark: str, colour: str, words: str, *, indent: int = 0, column: int = 12) -> None:
        """Add a line that begins with a coloured mark in a column of its own; the words tell the same."""
        room = textwrap.wrap(printable(words), self.width - indent - column, break_on_hyphens=False) or [""]
        shown = f"{mark:<{column}}"
        inked = f"{_COLOURS[colour]}{shown}{_PLAIN}" if self.inked and colour else shown
        self._lines.append(" " * indent + inked + room[0])
        self._lines += [" " * (indent + column) + line for line in room[1:]]

    def rule(self) -> None:
        """Add a hairline across the page."""
        self._lines.append(self._ink("─" * self.width, faint=True))

    def gap(self) -> None:
        """Add an empty line, never two."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def _ink(self, line: str, *, strong: bool = False, faint: bool = False) -> str:
        if not self.inked or not (strong or faint):
            return line
        return f"{_STRONG if strong else _FAINT}{line}{_PLAIN}"
