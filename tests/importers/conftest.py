"""Reading in tests: the member is Alex Morgan, in Berlin."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from rapport.importers.findings import Finding, Meeting, NotAnInterview, Problem, Reader
from rapport.importers.reading import read

CORPUS = Path(__file__).parent.parent / "corpus"
ALEX = Reader(frozenset({"alex.morgan@mail.example"}), frozenset({"Alex Morgan"}), "Europe/Berlin")
Found = Callable[..., list[Finding]]


class Reading:
    """Read bytes, texts or samples and take out what a test asks about."""

    alex = ALEX

    def found(self, source: bytes | str, reader: Reader = ALEX) -> list[Finding]:
        octets = source.encode() if isinstance(source, str) else source
        return list(read("file", io.BytesIO(octets), reader))

    def sample(self, name: str, reader: Reader = ALEX) -> list[Finding]:
        return self.found((CORPUS / name).read_bytes(), reader)

    def meetings(self, name: str, reader: Reader = ALEX) -> list[Meeting]:
        return [finding for finding in self.sample(name, reader) if isinstance(finding, Meeting)]

    def meeting(self, name: str, reader: Reader = ALEX) -> Meeting:
        (meeting,) = self.meetings(name, reader)
        return meeting

    def event(self, *lines: str, head: str = "", reader: Reader = ALEX) -> list[Finding]:
        """Read one event; it is an interview with Dana Lee at Initech unless its lines say otherwise."""
        usual = {
            "UID": "UID:one",
            "SUMMARY": "SUMMARY:Interview at Initech",
            "DTSTART": "DTSTART:20261120T100000Z",
            "DTEND": "DTEND:20261120T110000Z",
        }
        stated = {line.partition(":")[0].partition(";")[0] for line in lines}
        people = [
            "ATTENDEE:mailto:alex.morgan@mail.example",
            "ATTENDEE;CN=Dana Lee:mailto:dana.lee@initech.example",
        ]
        kept = [line for name, line in usual.items() if name not in stated]
        kept += [] if "ATTENDEE" in stated else people
        body = "\n".join([*kept, *(line for line in lines if line)])
        return self.found(f"BEGIN:VCALENDAR\n{head}BEGIN:VEVENT\n{body}\nEND:VEVENT\nEND:VCALENDAR\n", reader)

    def only(self, findings: list[Finding]) -> Meeting:
        (meeting,) = findings
        assert isinstance(meeting, Meeting)
        return meeting

    def reason(self, findings: list[Finding]) -> str:
        (finding,) = findings
        assert isinstance(finding, NotAnInterview)
        return finding.why

    def problems(self, findings: list[Finding]) -> list[Problem]:
        return [finding for finding in findings if isinstance(finding, Problem)]


@pytest.fixture(scope="session")
def reading() -> Reading:
    return Reading()


@pytest.fixture(scope="session")
def read_as() -> Callable[[str, str], list[Finding]]:
    """Read a text under a file's name."""
    return lambda name, text: list(read(name, io.BytesIO(text.encode()), ALEX))
