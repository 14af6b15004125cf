"""Whatever arrives, reading ends in findings: a sentence with its place for what is bad, all else done."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.importers import octets as octets_room
from rapport.importers.findings import FoundCard, Meeting, NotAnInterview, Problem
from rapport.importers.reading import read

GOOD = (
    "BEGIN:VEVENT\nUID:good\nSUMMARY:Interview at "
    "Initech\nDTSTART:20261120T100000Z\nDTEND:20261120T110000Z\nATTENDEE;CN=Dana "
    "Lee:mailto:dana.lee@initech.example\nEND:VEVENT\n"
)


class Endless(io.RawIOBase):
    """A stream of a beginning and then one filling without end, as far as it is read."""

    def __init__(self, head: bytes, filling: bytes, limit: int) -> None:
        self.rest = head
        self.filling = filling
        self.left = limit

    def read(self, size: int = -1) -> bytes:
        while len(self.rest) < size and self.left > 0:
            self.rest += self.filling
            self.left -= len(self.filling)
        piece, self.rest = self.rest[:size], self.rest[size:]
        return piece


@pytest.mark.parametrize(
    ("octets", "word"),
    [
        (b"", "empty"),
        (b"\0\0\0\0", "empty"),
        (b"PK\x03\x04rest", "archive"),
        (b"\x1f\x8brest", "archive"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (bytes(range(1, 9)) * 50, "not a text"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "no event"),
    ],
)
def test_what_is_no_invitation_is_named_with_what_to_do(reading, octets, word):
    (problem,) = reading.found(octets)
    assert isinstance(problem, Problem)
    assert word in problem.says
    assert problem.place.file == "file"


def test_a_truncated_file_keeps_its_whole_events_and_names_the_line_of_the_broken_one(reading):
    meeting, problem = reading.found(
        f"BEGIN:VCALENDAR\n{GOOD}BEGIN:VEVENT\nSUMMARY:Interview at Acme\nDTSTART:2026"
    )
    assert isinstance(meeting, Meeting)
    assert problem.place.line == 9
    assert "“Interview at Acme” begins here and never ends" in problem.says


def test_a_hundred_thousand_attendees_cost_one_sentence(reading):
    crowd = "".join(f"ATTENDEE:mailto:person.number{number}@initech.example\n" for number in range(100_000))
    problem, meeting = reading.found(
        f"BEGIN:VCALENDAR\n{GOOD.replace('END:VEVENT', crowd + 'END:VEVENT')}{GOOD}END:VCALENDAR\n"
    )
    assert "lists 100001 addresses" in problem.says
    assert isinstance(meeting, Meeting)


def test_a_line_without_end_is_cut_and_the_rest_of_the_file_is_read(reading):
    photo = "ATTACH;ENCODING=BASE64:" + "A" * (3 << 20) + "\n"
    findings = reading.found(f"BEGIN:VCALENDAR\n{photo}{GOOD}END:VCALENDAR\n")
    assert [type(finding) for finding in findings] == [Meeting, Problem]
    assert findings[1].place.line == 2


def test_a_file_without_end_is_read_to_its_limit_in_bounded_memory(monkeypatch, reading):
    monkeypatch.setattr(octets_room, "SIZE_LIMIT", 4 << 20)
    stream = Endless(f"BEGIN:VCALENDAR\n{GOOD}".encode(), b"X" * 65536, 1 << 40)
    findings = list(read("file", stream, reading.alex))
    assert isinstance(findings[0], Meeting)
    assert any("longer than 256 MB" in problem.says for problem in reading.problems(findings))


def test_a_mail_of_one_huge_line_is_left_out_with_a_sentence(reading):
    head = b"From: a@initech.example\nSubject: Interview\nMIME-Version: 1.0\n\n"
    (problem,) = list(read("file", Endless(head, b"A" * 65536, 3 << 20), reading.alex))
    assert "larger than 36 MB" in problem.says


def test_parts_nested_a_thousand_deep_are_left_out_with_a_sentence(reading):
    nest = "".join(
        f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n' for level in range(1000)
    )
    (problem,) = reading.found(
        f"From: a@initech.example\nSubject: Interview\nMIME-Version: 1.0\n{nest}text\n"
    )
    assert "hundreds of parts" in problem.says


def test_a_hundred_levels_of_parts_do_not_break_reading(reading):
    nest = "".join(
        f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n' for level in range(100)
    )
    (problem,) = reading.found(
        f"From: a@initech.example\nSubject: Interview\nMIME-Version: 1.0\n{nest}text\n"
    )
    assert isinstance(problem, Problem)


def test_a_stream_that_breaks_is_a_problem(reading):
    class Broken(io.RawIOBase):
        def read(self, _size: int = -1) -> bytes:
            raise OSError(5, "Input/output error")

    (problem,) = list(read("file", Broken(), reading.alex))
    assert "could not be read to its end" in problem.says


LINES = st.sampled_from(
    [
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VTIMEZONE",
        "END:VTIMEZONE",
        "BEGIN:STANDARD",
        "END:STANDARD",
        "TZID:Odd",
        "DTSTART;TZID=Odd:20261120T100000",
        "DTSTART:20261120",
        "DTSTART:99999999T999999Z",
        "DTSTART;VALUE=DATE:20261120",
        "DTEND:00010101",
        "DURATION:P999999999W",
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=YEARLY;BYMONTH=13",
        "TZOFFSETTO:+9999",
        "TZOFFSETTO:+0100",
        "SEQUENCE:-1",
        "SEQUENCE:²",
        "SUMMARY:Interview at Initech",
        "SUMMARY:",
        "DESCRIPTION:You will meet Dana Lee\\, VP Engineering",
        "DESCRIPTION:<![CDATA[<script>",
        "ATTENDEE:",
        "ATTENDEE:mailto:",
        'ATTENDEE;CN="a:b@c.example',
        "ATTENDEE;CN=Dana Lee:mailto:dana.lee@initech.example",
        "ORGANIZER;CN=,:MAILTO:@",
        "X-WR-CALNAME:a@b.example",
        "METHOD:CANCEL",
        "BEGIN:VCARD",
        "END:VCARD",
        "VERSION:2.1",
        "First Name,Last Name,Labels,E-mail 1 - Value,Birthday,Address 1 - City",
        "Given Name,Family Name,Group Membership,Organization 1 - Name",
        "First Name,Last Name,E-mail Address,Home Phone,Birthday,Categories",
        'Dana,Lee,a ::: b,a@b.example ::: c@d.example,0/0/00,"Lis',
        '"Kim","Par""k",,,99/99/9999,x',
        ":::,,,,,",
        "a;b\tc,d",
        "N;CHARSET=UTF-7:+2AA-",
        "PHOTO;ENCODING=BASE64:",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-13-99",
        "N;ENCODING=QUOTED-PRINTABLE:=C3=",
        "FN:Dana Lee",
        "EMAIL;PREF=x:a@b.example",
        "From: a@b.example",
        "Subject: Interview",
        "MIME-Version: 1.0",
        "Content-Type: multipart/mixed; boundary=x",
        "Content-Type: text/calendar; charset=nonsense",
        "Content-Type: text/html",
        "Content-Transfer-Encoding: base64",
        "--x",
        "--x--",
        "",
        " folded",
        "From x Mon Nov 16 2026",
        "Your interview is on 24 November 2026 at 10:00 (Europe/Lisbon)",
        "Your interview is on 31.02.2026 at 25:99 for 999 hours",
        "Date: Mon, 99 Nov 99999",
        "Best regards",
        "=?utf-8?b?////?=",
        "\x00",
        "ÿþ",
    ]
)
ANYTHING = st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace"))
SHUFFLED = st.lists(LINES, max_size=40).map(lambda lines: "\r\n".join(lines).encode())
MIXED = st.tuples(
    st.sampled_from(
        [b"BEGIN:VCALENDAR\n", b"BEGIN:VCARD\n", b"From: a@b.example\nSubject: interview\n\n", b""]
    ),
    ANYTHING,
).map(b"".join)


@settings(deadline=None, max_examples=300)
@given(ANYTHING | SHUFFLED | MIXED)
def test_reading_always_ends_in_findings(reading, octets):
    for finding in read("file", io.BytesIO(octets), reading.alex):
        assert isinstance(finding, Meeting | NotAnInterview | FoundCard | Problem)
        if isinstance(finding, Meeting):
            assert finding.starts <= finding.ends
            assert finding.starts.tzinfo is not None


@pytest.mark.parametrize(
    "piece",
    ["A", "Aa ", "Aa van de ", "- 10:00 ", "Dana Lee, ", "(", "-----", "24 November ", "<a ", "@a.b "],
)
def test_long_monotonous_texts_do_not_run_away(reading, piece):
    """Each of these once made a search of names or dates walk the text again from every letter."""
    text = piece * (150_000 // len(piece))
    event = GOOD.replace("END:VEVENT", f"DESCRIPTION:{text}\nEND:VEVENT")
    meeting = reading.only(reading.found(f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n"))
    assert "Dana Lee" in [person.name for person in meeting.participants]


@pytest.mark.parametrize("piece", ["(", "(1)[", "Dana ", "chief ", "VP & "])
def test_a_display_name_of_many_letters_is_read_to_its_limit(reading, piece):
    shown = piece * (200_000 // len(piece))
    meeting = reading.only(reading.event(f'ATTENDEE;CN="{shown}":mailto:dana@initech.example'))
    assert all(len(person.name) <= 500 for person in meeting.participants)


def test_a_zone_with_a_senseless_rule_is_still_a_zone(reading):
    rules = [
        "FREQ=YEARLY;UNTIL=20269999",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYSECOND=0,1",
    ]
    for rule in rules:
        part = f"BEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETTO:+0200\nRRULE:{rule}\nEND:STANDARD\n"
        zone = f"BEGIN:VTIMEZONE\nTZID:Odd\n{part}END:VTIMEZONE\n"
        event = GOOD.replace("DTSTART:20261120T100000Z", "DTSTART;TZID=Odd:20261120T100000")
        assert reading.only(reading.found(f"BEGIN:VCALENDAR\n{zone}{event}END:VCALENDAR\n")).starts.hour == 8
