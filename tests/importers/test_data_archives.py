"""The professional network's data archive: every era, every quirk, and what no honest archive holds."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime

import pytest

from rapport.importers import tables as tables_room
from rapport.importers.findings import Connected, Invited, OwnJob, Problem, Remark, Wrote
from rapport.importers.linkedin import archive as archive_room
from rapport.importers.linkedin.dates import day, moment
from rapport.importers.reading import read

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROW = "Dana,Lee,https://www.linkedin.com/in/dana-lee,,Initech,VP,08 Feb 2026\n"


def of(kind, findings):
    return [finding for finding in findings if isinstance(finding, kind)]


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in files.items():
            bundle.writestr(f"{name}.csv", text)
    return packed.getvalue()


def test_the_oldest_era_has_neither_profiles_nor_a_preamble(reading):
    dana, kim, jose = of(Connected, reading.sample("linkedin/connections-2019.csv"))
    assert (dana.name, dana.email, dana.since) == ("Dana Lee", "dana.lee@initech.example", date(2019, 3, 21))
    assert (kim.organisation, kim.profile, kim.email) == ("Hooli, Inc.", "", "")
    assert (jose.given, jose.family, jose.title, jose.since) == (
        "José",
        "Núñez, PhD",
        "Director, Platform",
        date(2019, 4, 30),
    )


def test_the_header_is_looked_for_below_a_preamble_and_the_last_line_needs_no_end(reading):
    found = of(Connected, reading.sample("linkedin/connections-2021.csv"))
    assert [one.name for one in found] == ["Dana Lee", "Kim Park", "José Núñez, PhD", "Noor Haddad"]
    assert found[0].place.line == 5


def test_this_era_has_profiles_in_one_spelling_and_hidden_members_are_counted(reading):
    findings = reading.sample("linkedin/connections-2026.csv")
    found = of(Connected, findings)
    assert found[2].profile == "https://www.linkedin.com/in/jos%C3%A9-n%C3%BA%C3%B1ez"
    assert found[2].title == 'Director, "Platform"'
    assert (found[3].name, found[3].organisation) == ("田中 太郎", "株式会社サンプル")
    (remark,) = of(Remark, findings)
    assert "2 members who hide themselves" in remark.says
    assert remark.place.line == 7


@pytest.mark.parametrize(
    ("name", "person", "since"),
    [
        ("connections-excel.csv", "Kim Park", date(2021, 4, 4)),
        ("connections-excel-german.csv", "Jürgen Weiß", date(2021, 4, 4)),
    ],
)
def test_a_spreadsheet_that_saved_it_again_does_no_harm(reading, name, person, since):
    findings = reading.sample(f"linkedin/{name}")
    assert (person, since) in [(one.name, one.since) for one in of(Connected, findings)]
    assert not of(Problem, findings)


def test_invitations_tell_direction_moment_and_words_over_several_lines(reading):
    kim, dana = of(Invited, reading.sample("linkedin/invitations-2021.csv"))
    assert (kim.direction, kim.name, kim.words, kim.profile) == ("sent", "Kim Park", "", "")
    assert (dana.direction, dana.name) == ("received", "Dana Lee")
    assert dana.words == "Hi Alex,\n\nit was good to talk, let us stay in touch.\nDana"
    assert dana.sent == datetime(2019, 3, 20, 17, 45, tzinfo=UTC)  # 18:45 in Berlin


def test_the_profile_of_the_other_side_is_taken_whichever_side_it_is(reading):
    found = of(Invited, reading.sample("linkedin/invitations-2026.csv"))
    assert [(one.direction, one.profile.rpartition("/")[2]) for one in found] == [
        ("sent", "dana-lee-initech"),
        ("received", "sam-ortiz"),
        ("received", "ruth-vega"),
        ("sent", "ana-reis"),
    ]
    assert found[2].name == "Vega, Ruth"


def test_your_own_profile_and_positions_are_read_as_a_career(reading):
    (profile,) = reading.sample("linkedin/Profile.csv")
    assert (profile.headline, profile.birthday, profile.place.line) == ("Platform engineer", None, 2)
    present, former = of(OwnJob, reading.sample("linkedin/Positions.csv"))
    assert str(present.job) == "Platform Engineer, Globex (2021-01 to now)"
    assert str(former.job) == "Engineer, Acme (2017-03 to 2020-12)"
    assert (present.place.line, former.place.line) == (2, 4)
    header = "First Name,Last Name,Birth Date,Headline,Summary,Industry,Websites\n"
    row = 'Alex,Morgan,"Feb 8, 1980",,,,"[BLOG:https://alex.example/,OTHER:https://morgan.example/a]"\n'
    (told,) = reading.found(header + row)
    assert (str(told.birthday), told.pages) == (
        "1980-02-08",
        ("https://alex.example/", "https://morgan.example/a"),
    )


def test_positions_that_cannot_be_read_whole_are_said_with_their_row(reading):
    rows = "Globex,CTO,,,soon,\n,,,,,\nAcme,Engineer,,,1998,Jan-01\n"
    found = reading.found("Company Name,Title,Description,Location,Started On,Finished On\n" + rows)
    assert [(one.place.line, one.says[:24]) for one in of(Problem, found)] == [
        (2, "Started on 'soon' was no")
    ]
    assert list(map(str, (one.job for one in of(OwnJob, found)))) == [
        "CTO, Globex",
        "Engineer, Acme (1998 to 2001-01)",
    ]


def test_of_messages_only_the_last_day_with_each_is_read(reading):
    head = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT,FOLDER,IS MESSAGE DRAFT\n"
    me, dana, sam = (f"https://www.linkedin.com/in/{name}" for name in ("alex", "dana", "sam"))
    rows = [
        f"1,Dana,{dana},Alex,{me},2026-11-20 23:30:00 UTC,a secret,INBOX,No",
        f"1,Alex,{me},Dana,{dana},2026-11-19 09:00:00 UTC,x,INBOX,No",
        f"2,Alex,{me},Sam,{sam},2026-11-18 09:00:00 UTC,x,INBOX,No",
        f"2,Alex,{me},Sam,{sam},2026-11-25 09:00:00 UTC,x,INBOX,Yes",
        f'3,Alex,{me},"Dana, Sam","{dana},{sam}",2026-11-25 09:00:00 UTC,x,INBOX,No',
        f"4,Sam,{sam},Alex,{me},2026-11-25 09:00:00 UTC,x,SPAM,No",
        f"5,Sam,{sam},Alex,{me},yesterday,x,INBOX,No",
    ]
    found = reading.found(head + "\n".join(rows))
    assert {(one.profile, one.on.day, one.place.line) for one in of(Wrote, found)} == {
        (dana, 21, 2),  # in Berlin
        (sam, 18, 4),
    }
    assert [one.place.line for one in of(Problem, found)] == [8]
    assert "secret" not in repr(found)
    old = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,DATE,CONTENT,FOLDER\n"
    (one,) = of(Wrote, reading.found(f"{old}1,Dana,{dana},Alex,2022-01-02 09:00:00 UTC,x,INBOX"))
    assert one.profile == dana


def test_a_whole_archive_is_read_and_what_is_in_no_table_we_know_is_named(reading):
    findings = reading.found(zipped(Connections=HEADER + ROW, Ads_Clicked="Ad,Date\n1,2\n"))
    (dana,) = of(Connected, findings)
    assert dana.place.file == "file/Connections.csv"
    assert "Ads_Clicked.csv" in of(Remark, findings)[0].says


def test_an_archive_comes_through_a_pipe_as_well():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise io.UnsupportedOperation

    from tests.importers.conftest import ALEX  # noqa: PLC0415  (the reader that the fixtures share)

    found = list(read("standard input", Pipe(zipped(Connections=HEADER + ROW)), ALEX))
    assert [one.name for one in of(Connected, found)] == ["Dana Lee"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("08 Feb 2026", date(2026, 2, 8)),
        ("4-Apr-21", date(2021, 4, 4)),
        ("04-Apr-2021", date(2021, 4, 4)),
        ("Apr 4, 2021", date(2021, 4, 4)),
        ("1/29/26", date(2026, 1, 29)),
        ("29/01/2026", date(2026, 1, 29)),
        ("04.04.2021", date(2021, 4, 4)),
        ("2021-04-04", date(2021, 4, 4)),
        ("31 Feb 2026", None),
        ("4-Xyz-21", None),
        ("1/1/1970", None),
        ("", None),
        ("soon", None),
    ],
)
def test_days_in_every_shape(written, expected):
    assert day(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1/29/26, 2:37 PM", datetime(2026, 1, 29, 13, 37, tzinfo=UTC)),
        ("1/29/26, 12:05 AM", datetime(2026, 1, 28, 23, 5, tzinfo=UTC)),
        ("1/29/26, 2:37\u202fPM", datetime(2026, 1, 29, 13, 37, tzinfo=UTC)),
        ("29/01/2026 14:37", datetime(2026, 1, 29, 13, 37, tzinfo=UTC)),
        ("2025-06-01 14:03:22 UTC", datetime(2025, 6, 1, 14, 3, 22, tzinfo=UTC)),
        ("1/29/26", datetime(2026, 1, 29, 11, 0, tzinfo=UTC)),
        ("1/29/26, 25:00", None),
    ],
)
def test_moments_in_every_shape_are_read_in_the_readers_zone(written, expected):
    assert moment(written, "Europe/Berlin") == expected


def test_a_row_that_cannot_be_read_has_its_place_and_the_next_is_read(reading):
    bad = 'Kim,Park,,,Hooli, Inc.,VP,08 Feb 2026\n"unclosed'
    findings = reading.found(HEADER + bad + '",Lee,,,,,yesterday\n' + ROW)
    assert [one.name for one in of(Connected, findings)] == ["unclosed Lee", "Dana Lee"]
    cells, when = of(Problem, findings)
    assert (cells.place.line, when.place.line) == (2, 3)
    assert "8 cells where the header has 7" in cells.says
    assert "'yesterday' was not understood" in when.says


def test_directions_moments_and_names_that_are_missing_are_problems(reading):
    rows = (
        "From,To,Sent At,Message,Direction\na,b,1/1/26,,SIDEWAYS\na,b,never,,OUTGOING\na,,1/1/26,,OUTGOING\n"
    )
    findings = reading.found(rows)
    assert [problem.place.line for problem in findings] == [2, 3, 4]
    assert len(of(Problem, findings)) == 3


def test_a_thousand_bad_rows_are_told_in_a_few_sentences(reading):
    findings = reading.found(HEADER + "a,b,c,d,e,f,08 Feb 2026,more\n" * 1000 + ROW)
    assert len(of(Problem, findings)) == tables_room.MANY + 1
    assert "980 more rows" in of(Problem, findings)[-1].says
    assert len(of(Connected, findings)) == 1


def test_a_cell_without_end_is_a_sentence_with_its_row_and_bounded_memory(reading):
    class Endless(io.RawIOBase):
        def __init__(self):
            self.left, self.head = 300 << 20, (HEADER + ROW + '"').encode()

        def read(self, size=-1):
            piece, self.head = self.head, b""
            if not piece and self.left > 0:
                piece, self.left = b"x" * size, self.left - size
            return piece

    tracemalloc.start()
    findings = list(read("endless.csv", Endless(), reading.alex))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30 << 20
    assert len(of(Connected, findings)) == 1
    row, *_ = of(Problem, findings)
    assert (row.place.line, "no archive holds" in row.says) == (3, True)


def test_a_quotation_mark_that_never_closes_costs_its_rows_only(reading):
    after = (ROW.replace("Dana", f"Ana {number}") for number in range(4000))
    findings = reading.found(HEADER + ROW + '"Kim,Park,,,,,\n' + "".join(after))
    first, *others = of(Connected, findings)
    assert (first.name, others[-1].name) == ("Dana Lee", "Ana 3999 Lee")
    assert len(others) > 1000
    assert of(Problem, findings)[0].place.line == 3


def test_ten_thousand_columns_are_one_sentence(reading):
    wide = HEADER + ",".join(["x"] * 10_000) + "\n" + ROW
    findings = reading.found(wide)
    (problem,) = of(Problem, findings)
    assert "10000 cells" in problem.says
    assert len(of(Connected, findings)) == 1
    assert not of(Connected, reading.found(",".join(["Connected On"] * 10_000) + "\n"))


def test_nul_characters_are_passed_over(reading):
    (dana,) = of(Connected, reading.found((HEADER + ROW).replace("Dana", "Da\0na")))
    assert dana.name == "Dana Lee"


def test_a_zip_bomb_is_unpacked_only_so_far(reading, monkeypatch):
    monkeypatch.setattr(archive_room, "_UNPACKED_LIMIT", 4 << 20)
    bomb = zipped(Connections=HEADER + ROW + " " * (16 << 20))
    assert len(bomb) < 50_000
    findings = reading.found(bomb)
    assert len(of(Connected, findings)) == 1
    assert "unpacks to more than" in of(Problem, findings)[-1].says


def test_a_list_of_files_that_is_too_long_is_not_read(reading, monkeypatch):
    monkeypatch.setattr(archive_room, "_DIRECTORY_LIMIT", 100)
    (problem,) = reading.found(zipped(Connections=HEADER + ROW, Invitations="From,To\n"))
    assert "was not opened" in problem.says


def test_a_torn_archive_says_what_to_do(reading):
    packed = zipped(Connections=HEADER + ROW * 200)
    (problem,) = reading.found(packed[: len(packed) // 2])
    assert "not downloaded whole" in problem.says


def test_a_damaged_table_does_not_cost_the_others(reading):
    packed = bytearray(zipped(Connections=HEADER + ROW, Invitations="From,To,Sent At,Message,Direction\n"))
    place = packed.index(b"Connections.csv") + len(b"Connections.csv")
    packed[place + 4 : place + 24] = b"\xff" * 20
    findings = reading.found(bytes(packed))
    assert [problem.place.file for problem in of(Problem, findings)] == ["file/Connections.csv"]


def test_any_other_zip_is_left_alone(reading):
    (problem,) = reading.found(zipped(other="a,b\n1,2\n"))
    assert "archive (zip)" in problem.says
