"""`make compat CARDS=folder`: every vCard file of a folder read and given back, a line a file; ends with 1 on any loss.

What a file holds is told here by other means than Rapport's own: whole texts and regular expressions.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rapport.importers.findings import FoundCard, Problem, Reader
from rapport.importers.reading import read
from rapport.rules.card import Card, Editing

_CARD = re.compile(r"^BEGIN:VCARD[ \t]*$(.*?)(?=^END:VCARD)", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_SOFT = re.compile(r"^[^:\n]*QUOTED-PRINTABLE[^:\n]*:(?:[^\n]*=\n)+", re.IGNORECASE | re.MULTILINE)


def main(folders: list[str]) -> int:
    """Try each file below the folders; where there is none that is said."""
    files = [file for folder in folders for file in sorted(Path(folder).rglob("*.vcf"))]
    if not files:
        where = f"in {', '.join(folders)}" if folders else "named; write make compat CARDS=folder"
        print(f"There are no vCard files {where}: nothing was tried.")  # noqa: T201
        return 0
    lossy = total = 0
    for file in files:
        count, losses = tried(file)
        total += count
        lossy += bool(losses)
        print(f"{file}: {count} {'card' if count == 1 else 'cards'}, {'; '.join(losses) or 'lossless'}")  # noqa: T201
    print(f"{len(files)} files, {total} cards, {lossy} files with a loss.")  # noqa: T201
    return 1 if lossy else 0


def tried(file: Path) -> tuple[int, list[str]]:
    """Give how many cards a file gave, and what differs from what it holds."""
    with file.open("rb") as stream:
        findings = list(read(file.name, stream, Reader()))
    cards = [finding.card for finding in findings if isinstance(finding, FoundCard)]
    losses = [finding.says for finding in findings if isinstance(finding, Problem)]
    held = list(lines_of(file.read_bytes()))
    if len(cards) + len(losses) < len(held):
        losses.append(f"{len(held) - len(cards)} cards are missing")
    for number, (card, lines) in enumerate(zip(cards, held, strict=False), start=1):
        losses += [f"card {number}: {loss}" for loss in differing(card, lines)]
    return len(cards), losses


def lines_of(octets: bytes) -> Iterator[list[str]]:
    """Give the unfolded lines of each card, without blank ones."""
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = octets.decode("utf-16" if octets[:2] in {b"\xff\xfe", b"\xfe\xff"} else "latin-1")
    text = re.sub(r"\r\n?", "\n", text)
    text = _SOFT.sub(lambda found: found[0].replace("=\n", ""), text)
    text = re.sub(r"\n+[ \t]", "", text)
    for found in _CARD.finditer(text):
        yield [line for line in found[1].split("\n") if line.strip()]


def differing(card: Card, lines: list[str]) -> Iterator[str]:
    """Say what of a card is not as the file has it: read, written and read again, and after an edit taken back."""
    for ours, theirs in zip(card.lines, lines, strict=False):
        if ours != theirs:
            yield f"{theirs[:60]!r} became {ours[:60]!r}"
    if len(card.lines) != len(lines):
        yield f"{len(lines)} lines became {len(card.lines)}"
    if Card.parse(card.text()) != card:
        yield "what is written is read otherwise"
    if len(card.properties) != len(card.lines):
        yield f"{len(card.lines) - len(card.properties)} lines are no properties"
    editing = Editing(card)
    place = editing.add("TEL", "+1 555 0100", label="Boat")
    others = [line for at, line in enumerate(editing.card.lines) if at not in {place, place + 1}]
    editing.remove(place)
    if others != list(card.lines) or editing.card != card:
        yield "an edit touches other properties"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
