"""`rapport plan`: files in, a plan out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator

from rapport.accounts.models import Member
from rapport.correspondence.models import Note
from rapport.interviews.models import Interview
from rapport.journal.models import Entry
from rapport.people.models import Person
from tests.doors.cli.conftest import AS_ALEX, INVITATION, NOW, ROOT, Planned, person, step

pytestmark = pytest.mark.django_db

EXAMPLES = sorted((ROOT / "examples").iterdir())


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((ROOT / "docs" / f"{name}.schema.json").read_text()))


def test_the_examples_give_a_plan_that_keeps_to_its_schema(planned: Any) -> None:
    ran = planned(files=tuple(EXAMPLES))
    assert ran.code == 0
    schema("plan").validate(ran.document)
    titles = [interview["organisation"] for interview in ran.document["interviews"]]
    assert titles == ["Initech", "Hooli", "Globex"]
    assert {aside["title"] for aside in ran.document["not_interviews"]} >= {"Dentist", "Team lunch"}


def test_everybody_met_is_thanked_in_their_own_words(stands: Any) -> None:
    texts = []
    for name in ("Dana Lee", "Sam Ortiz", "Priya Nair"):
        thanks = step(stands, name, "thank", "email")
        assert thanks["verdict"] == "do"
        assert thanks["earliest"] <= thanks["due"] <= thanks["latest"]
        assert thanks["draft"]["length"] > 100
        texts.append(thanks["draft"]["text"])
    assert len(set(texts)) == 3


def test_yourself_rooms_and_lists_are_skipped_with_the_reason(stands: Any) -> None:
    skipped = {left["address"]: left["why"] for left in stands["interviews"][0]["skipped"]}
    assert skipped["alex.morgan@mail.example"] == "This is you."
    assert len(skipped) == 3
    assert all(why.endswith(".") for why in skipped.values())


def test_a_friend_request_out_of_an_interview_is_never_right(stands: Any) -> None:
    assert step(stands, "Dana Lee", "invite", "social")["verdict"] == "never"


def test_a_school_speaks_where_it_has_an_opinion_and_the_default_elsewhere(planned: Any) -> None:
    document = planned("--school", "next-day").document
    invite = step(document, "Dana Lee", "invite", "professional")
    assert document["school"] == "next-day"
    assert (invite["verdict"], invite["earliest"], invite["falls_back"]) == (
        "do",
        "2026-11-21T08:00:00Z",
        False,
    )
    thanks = step(document, "Dana Lee", "thank", "email")
    assert (thanks["because"][0]["school"], thanks["falls_back"]) == ("considerate", True)


def test_the_page_says_where_the_default_speaks_for_the_school(rapport: Any) -> None:
    ran = rapport(
        "plan", INVITATION, "--me", "alex.morgan@mail.example", "--school", "next-day", "--now", NOW
    )
    assert "Do*" in ran.out
    assert "'next-day' has no opinion here" in ran.out


def test_another_school_can_be_asked_of_a_plan_that_stands(planned: Any, stands: Any) -> None:
    assert step(stands, "Dana Lee", "invite", "professional")["verdict"] == "hold"
    again = planned("--school", "next-day").document
    assert step(again, "Dana Lee", "invite", "professional")["verdict"] == "do"


def test_a_fact_of_one_person_moves_the_advice_on_that_person_alone(planned: Any) -> None:
    document = planned("--fact", "Dana:may_connect=yes").document
    assert step(document, "Dana Lee", "invite", "professional")["verdict"] == "do"
    assert step(document, "Sam Ortiz", "invite", "professional")["verdict"] == "hold"


def test_a_decision_is_a_fact_of_everybody_in_the_application(planned: Any) -> None:
    document = planned("--fact", "decision=rejected", "--fact", "worth_keeping=true").document
    for name in ("Dana Lee", "Sam Ortiz", "Priya Nair"):
        assert step(document, name, "invite", "professional")["verdict"] == "do"
    assert planned("--fact", "decision=rejected").code == 0


def test_a_fact_of_somebody_else_is_wrong_use_and_saves_nothing(planned: Any) -> None:
    ran = planned("--fact", "Nobody:rapport=strong")
    assert ran.code == 2
    assert "'Nobody', who is not among Dana Lee, Sam Ortiz, Priya Nair." in ran.err
    assert not Interview.objects.exists()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (["--fact", "raport=strong"], "Did you mean 'rapport'?"),
        (["--fact", "rapport=great"], "rapport takes weak, fair, strong, not 'great'."),
        (["--fact", "rapport"], "states no fact"),
        (["--zone", "Berlin"], "is no time zone"),
        (["--now", "yesterday"], "is no moment"),
        (["--school", "next-dya"], "next-dya"),
        (["--me", "Alex"], "takes an e-mail address"),
        (["--unknown"], "unrecognized arguments"),
    ],
)
def test_wrong_use_ends_with_a_sentence_and_two(rapport: Any, line: list[str], says: str) -> None:
    ran = rapport("plan", INVITATION, *line)
    assert ran.code == 2
    assert says in ran.err


def test_what_cannot_be_read_is_a_problem_and_the_rest_is_done(planned: Any, tmp_path: Path) -> None:
    broken = tmp_path / "holiday.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40)
    ran = planned(files=(INVITATION, broken, tmp_path / "missing.ics"))
    assert ran.code == 1
    schema("plan").validate(ran.document)
    assert {problem["file"] for problem in ran.document["problems"]} == {
        "holiday.jpg",
        str(tmp_path / "missing.ics"),
    }
    assert len(ran.document["interviews"]) == 1


def test_a_pipe_nobody_writes_to_is_refused_and_not_waited_for(planned: Any, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.ics"
    os.mkfifo(pipe)
    ran = planned(files=(pipe, "/dev/zero", INVITATION))
    assert ran.code == 1
    assert [problem["file"] for problem in ran.document["problems"]] == [str(pipe), "/dev/zero"]
    assert len(ran.document["interviews"]) == 1


def test_what_was_assumed_is_said_and_is_no_problem(planned: Any, rapport: Any, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Your interview with Dana Lee (CTO) is on 24 November 2026 at 10:00.")
    ran = planned(files=(text,))
    assert (ran.code, ran.document["problems"]) == (0, [])
    schema("plan").validate(ran.document)
    assert any("one hour is assumed" in remark["says"] for remark in ran.document["remarks"])
    assert "one hour is assumed" in " ".join(rapport("plan", text, "--now", NOW).out.split())


def test_who_signed_the_text_is_shown_with_their_address_in_a_dry_run(planned: Any, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text(
        "Your interview with Dana Lee (CTO) is on 24 November 2026 at 10:00.\n\n"
        "Jane Roe\nTalent Partner\njane.roe@acme.example\n"
    )
    (jane,) = planned("--dry-run", files=(text,)).document["people"]
    assert (jane["name"], jane["email"]) == ("Jane Roe", "jane.roe@acme.example")


def test_planning_the_same_file_again_changes_nothing(planned: Any, stands: Any) -> None:
    entries = Entry.objects.count()
    assert planned().document == stands
    assert (Entry.objects.count(), Person.objects.count()) == (entries, 3)


def test_a_dry_run_shows_the_same_and_saves_nothing(planned: Any, invitation_planned_once: Planned) -> None:
    dry = planned("--dry-run")
    assert not Member.objects.exists()
    assert not Interview.objects.exists()
    assert dry.document == invitation_planned_once.document


def test_me_and_the_zone_are_remembered(planned: Any, stands: Any) -> None:
    member = Member.objects.get()
    assert (member.name, member.time_zone) == ("Alex Morgan", "Europe/Berlin")
    assert member.own_addresses == {"alex.morgan@mail.example"}
    assert "Alex Morgan" in step(planned().document, "Dana Lee", "thank", "email")["draft"]["text"]


def test_the_role_stays_open_where_a_title_leaves_it_open(planned: Any, stands: Any) -> None:
    assert person(stands, "Sam Ortiz")["role"] in {"peer", None}
    assert person(planned("--fact", "Sam:role=peer").document, "Sam Ortiz")["role"] == "peer"


def test_a_cancelled_interview_has_nothing_due(planned: Any, rapport: Any, tmp_path: Path) -> None:
    cancelled = tmp_path / "cancelled.ics"
    cancelled.write_bytes(INVITATION.read_bytes().replace(b"METHOD:REQUEST", b"METHOD:CANCEL"))
    (interview,) = planned(files=(cancelled,)).document["interviews"]
    assert interview["cancelled"]
    assert [who["name"] for who in interview["people"]] == ["Dana Lee", "Sam Ortiz", "Priya Nair"]
    assert [who["steps"] for who in interview["people"]] == [[], [], []]
    page = rapport("plan", cancelled, "--now", NOW).out
    assert "its plan is closed and nothing is due" in page
    assert "thank-you" not in page


def test_one_of_the_panel_is_asked_how_things_stand(stands: Any) -> None:
    asked = {name: step(stands, name, "check_in", "email")["verdict"] for name in ("Sam Ortiz", "Priya Nair")}
    assert asked == {"Sam Ortiz": "avoid", "Priya Nair": "do"}


def test_the_pace_that_the_invitation_promises_is_kept_to(stands: Any) -> None:
    """The invitation says: we expect to decide within two weeks."""
    asks = step(stands, "Priya Nair", "check_in", "email")
    assert asks["because"][0]["says"].startswith("They said it takes weeks")
    assert asks["earliest"] > "2026-12-04T15:00:00Z"


def test_whoever_only_wrote_the_invitation_was_not_met_in_person(planned: Any) -> None:
    (noor,) = planned(files=(ROOT / "examples" / "globex-invitation.eml",)).document["people"]
    says = [reason["says"] for found in noor["steps"] for reason in found["because"]]
    assert noor["name"] == "Noor Haddad"
    assert not [said for said in says if "in person" in said]
    invite = next(
        found for found in noor["steps"] if (found["act"], found["channel"]) == ("invite", "professional")
    )
    assert (invite["verdict"], invite["until"]) == ("hold", "decision")


def test_each_thing_held_stands_with_its_own_reason(rapport: Any) -> None:
    before = "2026-11-18T09:00:00+00:00"
    page = " ".join(
        rapport("plan", INVITATION, "--me", "alex.morgan@mail.example", "--now", before).out.split()
    )
    assert (
        "E-mail a thank-you; Card by hand, until the interview is over The interview is still to come."
        in page
    )
    assert (
        "Invite, professional network, until the interview is over Before you have met, an invitation" in page
    )


def test_words_from_a_file_never_steer_the_terminal(rapport: Any, tmp_path: Path) -> None:
    invitation = tmp_path / "colourful.ics"
    text = INVITATION.read_bytes().replace(b"Platform team", b"Platform \x1b[2J\x1b]0;owned\x07team")
    invitation.write_bytes(text)
    ran = rapport("plan", invitation, "--me", "alex.morgan@mail.example", "--now", NOW)
    assert "\x1b" not in ran.out
    assert "\x07" not in ran.out


def test_a_page_names_people_verdicts_and_dates_in_words(rapport: Any) -> None:
    ran = rapport(
        "plan", *EXAMPLES, "--me", "alex.morgan@mail.example", "--zone", "Europe/Berlin", "--now", NOW
    )
    assert ran.code == 0
    for words in (
        "Dana Lee",
        "before Monday noon, their time",
        "post by Monday, it arrives Friday",
        "until the decision",
        "Dear Dana,",
        "Not interviews",
        "Dentist",
        "Unconfirmed",
    ):
        assert words in ran.out


def test_what_is_late_says_since_when(rapport: Any) -> None:
    ran = rapport("plan", INVITATION, "--dry-run", "--now", "2026-11-25T09:00:00Z")
    said = " ".join(ran.out.split())
    assert "E-mail a thank-you, was due Mon 23 November; now before tomorrow noon" in said
    assert "Card by hand, was due Mon 23 November; now post by tomorrow, it arrives" in said
    assert "look up their profile, was due" not in said


def test_the_installed_command_runs_cold_without_a_database(tmp_path: Path) -> None:
    home = tmp_path / "home"
    environment = {
        **os.environ,
        "RAPPORT_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "rapport.config.settings",
    }
    environment.pop("RAPPORT_DATABASE_URL", None)
    line = [sys.executable, "-m", "rapport", "plan", str(INVITATION), "--dry-run", "--json", "--now", NOW]
    ran = subprocess.run(  # noqa: S603  our own command
        line, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["interviews"][0]["organisation"] == "Initech"
    assert not list(home.glob("*.sqlite3*"))


def test_a_card_alone_tells_the_part_by_its_title_and_leaves_how_you_met_to_be_asked(
    planned: Any, tmp_path: Path
) -> None:
    card = tmp_path / "ana.vcf"
    card.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ana Reis\nTITLE:Senior Recruiter\nEND:VCARD\n")
    (ana,) = planned(files=(card,)).document["people"]
    assert (ana["role"], Person.objects.get(name="Ana Reis").met) == ("recruiter", "")
    invite = next(one for one in ana["steps"] if (one["act"], one["channel"]) == ("invite", "professional"))
    assert invite["verdict"] == "ask"
    assert ("met", "colleague", "do") in [
        (one["fact"], one["value"], one["verdict"]) for one in invite["would_change"]
    ]


def test_a_draft_that_is_nearly_one_already_written_says_whose(rapport: Any) -> None:
    line = ("plan", INVITATION, *AS_ALEX[:-1])
    rapport(*line)
    dana, other = Note.objects.filter(act="thank", channel="email").order_by("person__name")[:2]
    other.edit(dana.text, dana.subject, by=other.member, at=timezone.now())
    shown = " ".join(rapport(*line).out.split())
    assert f"Nearly the words of your thank-you by e-mail to {dana.person.name}." in shown


def calendar_of(tmp_path: Path, *events: tuple[str, str]) -> Path:
    """A calendar of a year: its events as title and DTSTART."""
    body = "".join(
        f"BEGIN:VEVENT\nUID:{number}\nSUMMARY:{title}\n{starts}\nEND:VEVENT\n"
        for number, (title, starts) in enumerate(events)
    )
    year = tmp_path / "year.ics"
    year.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n")
    return year


def test_what_is_no_interview_is_told_once_a_title_and_the_plan_stays_in_sight(
    rapport: Any, tmp_path: Path
) -> None:
    standups = [("Standup", f"DTSTART:2026{month:02}02T090000Z") for month in range(1, 11)]
    meals = [(f"Lunch {name}", "DTSTART:20261120T120000Z") for name in "ABCDEFGHIJKLMN"]
    others = [("Christmas", "DTSTART;VALUE=DATE:20261225"), ("Interview debrief", "DTSTART:20261119T090000Z")]
    year = calendar_of(tmp_path, *standups, *meals, *others)
    ran = rapport("plan", INVITATION, year, "--me", "alex.morgan@mail.example", "--now", NOW)
    plan, _, rest = " ".join(ran.out.split()).partition("Not interviews ")
    assert "Dana Lee" in plan
    assert rest.startswith("Interview debrief (Thu 19 November): You seem to be among the interviewers")
    assert "Standup (10 times, Fri 2 January to Fri 2 October): It is an ordinary meeting at work." in rest
    assert rest.count("Standup") == 1
    assert rest.endswith("and 5 more; --json lists all of them")


def test_in_json_each_thing_set_aside_has_its_beginning_as_all_moments_have(
    planned: Any, tmp_path: Path
) -> None:
    year = calendar_of(
        tmp_path, ("Standup", "DTSTART:20260202T090000Z"), ("Christmas", "DTSTART;VALUE=DATE:20261225")
    )
    document = planned(files=(year,)).document
    schema("plan").validate(document)
    assert [one["starts"] for one in document["not_interviews"]] == ["2026-02-02T09:00:00Z", "2026-12-25"]


def test_ones_own_card_and_a_companys_get_no_plan_and_are_listed(planned: Any, tmp_path: Path) -> None:
    cards = tmp_path / "book.vcf"
    texts = [
        "VERSION:3.0\nFN:Alex Morgan\nEMAIL:alex.morgan@mail.example",
        "VERSION:3.0\nFN:Initech Reception\nORG:Initech\nX-ABShowAs:COMPANY\nEMAIL:hello@initech.example",
        "VERSION:4.0\nKIND:org\nFN:Globex",
        "VERSION:4.0\nKIND:location\nFN:Lisbon Office",
        "VERSION:4.0\nKIND:individual\nFN:Ana Reis",
    ]
    cards.write_text("".join(f"BEGIN:VCARD\n{text}\nEND:VCARD\n" for text in texts))
    document = planned(files=(cards,)).document
    assert [person["name"] for person in document["people"]] == ["Ana Reis"]
    titles = [aside["title"] for aside in document["not_interviews"]]
    assert titles == ["Alex Morgan", "Initech Reception", "Globex", "Lisbon Office"]
    schema("plan").validate(document)
    kept = set(Person.objects.values_list("name", flat=True))
    assert kept == {"Ana Reis", "Initech Reception", "Globex", "Lisbon Office"}


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_notes_are_signed_as_the_invitation_calls_whoever_gave_a_bare_address(
    rapport: Any, db: None, tmp_path: Path, more: Any
) -> None:
    file = tmp_path / "one.ics"
    file.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:one\nSUMMARY:Interview at Initech\nDTSTART:20261120T100000Z\n"
        "ORGANIZER;CN=Dana Lee:mailto:dana.lee@initech.example\n"
        "ATTENDEE;CN=Alex Morgan:mailto:alex.morgan@mail.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    ran = rapport("plan", file, "--me", "alex.morgan@mail.example", "--now", NOW, "--json", *more)
    thanks = step(ran.document, "Dana Lee", "thank", "email")
    assert thanks["draft"]["text"].endswith("\nAlex Morgan")
    assert any("signed “Alex Morgan”" in remark["says"] for remark in ran.document["remarks"])
    assert Member.objects.filter(name="Alex Morgan").exists() != bool(more)


def test_who_signs_for_the_company_of_the_interview_is_not_to_be_invited_before_it_is_decided(
    planned: Any, tmp_path: Path
) -> None:
    mail = tmp_path / "confirmed.eml"
    mail.write_text(
        "From: Kelly Rourke <kelly.rourke@northwind.example>\nTo: alex.morgan@mail.example\n"
        "Subject: Interview confirmation\nDate: Mon, 16 Nov 2026 10:00:00 -0500\nMIME-Version: 1.0\n\n"
        "Your interview for the Data Analyst role is confirmed for Friday, November 20, 2026 at 2:00 PM EST with "
        "Priscilla Okafor, Head of Analytics.\n\nBest,\nKelly Rourke\nRecruiting Coordinator\nNorthwind Inc.\n"
    )
    document = planned(files=(mail,)).document
    assert document["interviews"][0]["organisation"] == "Northwind Inc"
    (kelly,) = document["people"]
    invite = next(one for one in kelly["steps"] if (one["act"], one["channel"]) == ("invite", "professional"))
    assert (invite["verdict"], invite["until"]) == ("hold", "decision")
