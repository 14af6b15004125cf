"""Pictures of business cards on the command line: read, printed as fields, and kept for the member's word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rapport.importers.pictures import LARGEST, NoPicture, is_picture, photograph
from rapport.intake.models import Photograph
from rapport.journal.errors import NotAllowed
from rapport.rules.card.jobs import JOBS
from rapport.rules.card.reach import PHONES
from rapport.worker.photographs import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapport.accounts.models import Member
    from rapport.cli.paper import Paper
    from rapport.importers.photographs.proposing import Proposal
    from rapport.rules.card import Card


@dataclass(frozen=True, slots=True)
class Looked:
    """A picture as it was read."""

    name: str
    jpeg: bytes
    proposal: Proposal

    @property
    def file(self) -> tuple[str, BinaryIO]:
        """The cards as a file that an import takes."""
        return self.name, BytesIO(b"".join(card.octets() for card in self.proposal.cards))

    @property
    def names_somebody(self) -> bool:
        """Whether every card of it has a name, so that it can be brought in unseen."""
        cards = self.proposal.cards
        return bool(cards) and all(card.every("FN") for card in cards)

    def document(self) -> dict[str, Any]:
        """Give what docs/import.schema.json says of a picture."""
        return {
            "file": self.name,
            "cards": [_fields(card) for card in self.proposal.cards],
            "unread": list(self.proposal.unread),
            "remarks": list(self.proposal.remarks),
        }


def apart(names: list[str]) -> tuple[list[str], list[str]]:
    """Part the names of pictures from those of other files, by what the files hold."""
    pictures = [name for name in names if _begins_as_picture(Path(name))]
    return pictures, [name for name in names if name not in pictures]


def look_at(names: list[str], problems: list[dict[str, Any]]) -> list[Looked]:
    """Read pictures one after the other; what is none, or names nobody, is a problem with its file."""
    found = []
    for name in names:
        try:
            with Path(name).open("rb") as stream:
                jpeg = photograph(stream.read(LARGEST + 1))
        except (NoPicture, OSError) as refusal:
            problems.append({"file": Path(name).name, "line": None, "says": str(refusal)})
            continue
        one = Looked(Path(name).name, jpeg, look(jpeg))
        if not one.proposal.cards:
            problems += ({"file": one.name, "line": None, "says": says} for says in one.proposal.remarks)
        found.append(one)
    return found


def keep_all(looked: list[Looked], member: Member, problems: list[dict[str, Any]], *, at: datetime) -> None:
    """Let pictures wait on the page Add until they are confirmed; one too many is a problem."""
    for one in looked:
        try:
            Photograph.begin(member, one.name, one.jpeg, at=at).was_read(one.proposal, at=at)
        except NotAllowed as refusal:
            problems.append({"file": one.name, "line": None, "says": refusal.sentence})


def tell(paper: Paper, looked: list[Looked]) -> None:
    """Print what each picture was read as; one on which nothing is found stands among what could not be read."""
    for one in looked:
        if not one.proposal.cards and not one.proposal.unread:
            continue
        paper.gap()
        paper.line(one.name, strong=True)
        for card in one.proposal.cards:
            for label, said in filter(lambda pair: pair[1], _said(card)):
                paper.line(f"{label:<14}{said}", indent=2)
        for line in one.proposal.unread:
            paper.line(f"{'also printed':<14}{line}", indent=2, faint=True)
        for remark in one.proposal.remarks if one.proposal.cards else ():
            paper.line(remark, indent=2)


def _said(card: Card) -> Iterator[tuple[str, str]]:
    fields = _fields(card)
    for label in ("name", "title", "organisation"):
        yield label, fields[label]
    yield from (("e-mail", mail) for mail in fields["emails"])
    yield from (("phone", f"{phone['number']} {phone['kind']}".strip()) for phone in fields["phones"])
    yield from (("page", page) for page in fields["urls"])
    yield from (("address", address) for address in fields["addresses"])


def _fields(card: Card) -> dict[str, Any]:
    job = next(iter(JOBS.of(card)), None)
    return {
        "name": card.name if card.every("FN") else "",
        "title": job.title if job else "",
        "organisation": job.organisation if job else "",
        "emails": list(card.emails),
        "phones": [{"number": phone.number, "kind": phone.kind} for phone in PHONES.of(card)],
        "urls": list(card.urls),
        "addresses": [str(address) for address in card.addresses],
    }


def _begins_as_picture(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return is_picture(stream)
    except OSError:
        return False
