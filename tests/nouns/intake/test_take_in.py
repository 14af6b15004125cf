"""A file becomes a batch: interviews, people and plans."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest

from rapport.followups import happenings
from rapport.followups.models import Plan, Step
from rapport.importers.findings import FoundCard, NotAnInterview, Place, Problem, Source
from rapport.intake.models import Batch, Change
from rapport.intake.taking import take_in
from rapport.interviews.models import Application, Interview, Interviewer
from rapport.journal.models import Entry
from rapport.people.models import CardRevision, Organisation, Person
from rapport.rules.card import Card
from rapport.rules.etiquette import PAIRS
from tests import world

pytestmark = pytest.mark.django_db

KINDS = (Batch, Change, Step, Application, Interview, Interviewer, Entry, CardRevision, Organisation, Person)

ICS = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:file@initech.example
DTSTAMP:20261118T090000Z
DTSTART:20261120T100000Z
DTEND:20261120T110000Z
SUMMARY:Interview with Initech: Platform Engineer
ORGANIZER;CN=Dana Lee:mailto:dana.lee@initech.example
ATTENDEE;CN=Alex Morgan:mailto:alex.morgan@mail.example
END:VEVENT
END:VCALENDAR
"""


def counts() -> dict[str, int]:
    return {kind.__name__: kind.objects.count() for kind in KINDS}


def test_an_invitation_becomes_an_interview_with_people_and_a_step_for_every_act() -> None:
    batch = world.taken_in()
    (interview,) = batch.interviews()
    assert batch.title == "Recorded three people from “Interview: Platform team”"
    assert str(interview.application) == "Platform Engineer, Initech"
    assert [who.person.name for who in interview.interviewers.all()] == [
        "Dana Lee",
        "Sam Ortiz",
        "Priya Nair",
    ]
    assert [bool(who.confirmed_at) for who in interview.interviewers.all()] == [True, False, True]
    for who in interview.interviewers.all():
        steps = interview.plan.steps.filter(person=who.person)
        assert [(step.act, step.channel) for step in steps] == list(PAIRS)
        assert steps.get(act="record").state == "done"


def test_importing_the_same_again_changes_nothing() -> None:
    world.taken_in()
    before = counts()
    again = world.taken_in()
    assert counts() == before
    assert again.title.startswith("Nothing new")
    assert [str(interview) for interview in again.interviews()] == ["Interview: Platform team"]


def test_importing_the_same_again_after_it_was_sorted_out_changes_nothing_either() -> None:
    world.taken_in()
    sam = world.interviewer("Sam Ortiz")
    happenings.dismiss_interviewer(sam, by=world.alex(), at=world.NOW)
    world.taken_in(world.card(title="Director"))
    before = counts()
    world.taken_in()
    world.taken_in(world.card(title="Director"))
    assert counts() == before
    assert Interviewer.objects.get(pk=sam.pk).dismissed_at == world.NOW


def test_a_card_without_an_address_makes_nobody_twice() -> None:
    world.taken_in(world.card(name="Ana Reis", email=""))
    before = counts()
    world.taken_in(world.card(name="Ana Reis", email=""))
    assert counts() == before


def test_a_later_sequence_moves_the_interview_and_an_older_one_changes_nothing() -> None:
    world.taken_in(world.later(world.meeting(), sequence=3))
    before = counts()
    world.taken_in(world.later(world.meeting(), hours=48, sequence=2))
    world.taken_in(world.later(world.meeting(), hours=48, sequence=3))
    assert counts() == before
    batch = world.taken_in(world.later(world.meeting(), hours=48, sequence=4))
    assert batch.title == "“Interview: Platform team” changed"
    assert Interview.objects.get().starts_at == world.INTERVIEW_STARTS + timedelta(hours=48)


def test_a_cancellation_closes_the_interview_and_says_so() -> None:
    world.taken_in()
    batch = world.taken_in(world.meeting(cancelled=True, sequence=1, participants=()))
    assert batch.title == "“Interview: Platform team” was cancelled"
    assert Interview.objects.get().cancelled_at == world.NOW
    assert not Step.objects.standing().exists()
    before = counts()
    world.taken_in(world.meeting(cancelled=True, sequence=1, participants=()))
    assert counts() == before


def test_a_cancellation_of_something_unknown_is_recorded_closed() -> None:
    (interview,) = world.taken_in(world.meeting(cancelled=True)).interviews()
    assert interview.cancelled_at == world.NOW
    assert not Step.objects.standing().exists()


def test_what_the_member_declined_gets_no_plan_and_is_set_aside() -> None:
    batch = world.taken_in(world.meeting(declined=True, cancelled=True))
    assert not Interview.objects.exists()
    assert not Person.objects.exists()
    assert [(aside["title"], aside["why"]) for aside in batch.set_aside] == [
        ("Interview: Platform team", "You declined it.")
    ]


def test_an_interview_declined_later_is_closed_unless_the_other_answer_is_newer() -> None:
    world.taken_in(world.meeting(stamped=world.NOW))
    world.taken_in(world.meeting(declined=True, cancelled=True, stamped=world.NOW - timedelta(days=1)))
    assert Step.objects.standing().exists()
    batch = world.taken_in(
        world.meeting(declined=True, cancelled=True, stamped=world.NOW + timedelta(hours=1))
    )
    assert Interview.objects.get().cancelled_at == world.NOW
    assert not Step.objects.standing().exists()
    assert not batch.set_aside
    assert [remark["says"] for remark in batch.remarks] == [
        "“Interview: Platform team”: You declined it, so its plan is closed."
    ]
    assert Entry.objects.filter(says="You declined Interview: Platform team.").exists()


def test_one_occurrence_is_cancelled_alone_and_a_series_as_a_whole() -> None:
    first, second = (world.meeting(recurrence_id=f"2026112{day}T100000Z") for day in (0, 1))
    world.taken_in(first, second)
    world.taken_in(replace(first, cancelled=True))
    assert Interview.objects.standing().get().recurrence_id == second.recurrence_id
    world.taken_in(world.meeting(cancelled=True, sequence=1))
    assert not Interview.objects.standing().exists()
    assert Interview.objects.count() == 2


def test_who_came_by_a_card_is_not_counted_as_met_and_numbers_are_said_alike() -> None:
    other = world.meeting(uid="other", organisation="Hooli", participants=(world.dana(),))
    noor = world.card(name="Noor Haddad", email="noor@hooli.example")
    assert world.taken_in(world.meeting(), other, noor).title == (
        "Recorded three people from two interviews, and one person besides"
    )


def test_whoever_a_batch_brought_is_new_and_not_brought_up_to_date_by_a_card_of_it() -> None:
    known = world.card_holder()
    batch = world.taken_in(
        world.meeting(participants=(world.dana(),)),
        world.card(name="Dana Lee", email="dana.lee@initech.example", phone="+351 21 234 5600"),
        world.card(phone="+351 21 234 5700"),
    )
    assert (batch.tally["new"], batch.tally["updated"]) == (1, 1)
    assert [person for person, _ in batch.changed()] == [known]


def test_a_mail_that_comes_after_the_invitation_adds_whom_it_names() -> None:
    world.taken_in(world.meeting(participants=(world.dana(),)))
    batch = world.taken_in(world.meeting())
    assert Interviewer.objects.count() == 3
    assert batch.title.startswith("Recorded two people")


def test_the_invitation_confirms_somebody_who_was_only_named_and_brings_the_address() -> None:
    world.taken_in(world.meeting(participants=(world.sam(),)))
    invited = world.sam(email="sam@initech.example", source=Source.ATTENDEE, confirmed=True)
    world.taken_in(world.meeting(participants=(invited,)))
    sam = Interviewer.objects.get()
    assert sam.confirmed_at == world.NOW
    assert [address.email for address in sam.person.emails.all()] == ["sam@initech.example"]


def test_a_card_in_the_same_batch_brings_the_address_and_title_of_somebody_met() -> None:
    world.taken_in(world.meeting(), world.card(title="Director"))
    sam = Person.objects.get(name="Sam Ortiz")
    assert (sam.title, sam.emails.get().email) == ("Director", "sam@initech.example")


def test_a_card_of_the_same_name_in_a_later_batch_is_somebody_else() -> None:
    world.taken_in()
    world.taken_in(world.card())
    assert Person.objects.filter(name="Sam Ortiz").count() == 2


def test_people_on_cards_alone_are_met_as_the_member_says() -> None:
    world.taken_in(world.card(), met="colleague")
    assert Person.objects.get().met == "colleague"


def test_whoever_a_later_invitation_no_longer_invites_is_not_met() -> None:
    world.taken_in()
    world.taken_in(world.later(world.meeting(participants=(world.priya(),)), hours=1))
    present = {who.person.name for who in Interviewer.objects.present()}
    assert present == {"Sam Ortiz", "Priya Nair"}


def test_a_name_given_twice_in_one_interview_is_one_person() -> None:
    world.taken_in(
        world.meeting(participants=(world.dana(), world.dana(email=None, source=Source.SIGNATURE)))
    )
    assert Person.objects.count() == 1


def test_the_same_invitation_twice_in_one_batch_meets_nobody_twice() -> None:
    world.taken_in(world.meeting(participants=()))
    world.taken_in(world.meeting(), world.meeting())
    assert world.interview().interviewers.count() == 3


@pytest.mark.django_db
def test_the_same_name_in_two_interviews_without_an_address_is_two_people() -> None:
    world.taken_in(
        world.meeting(participants=(world.sam(),)), world.meeting(uid="b", participants=(world.sam(),))
    )
    assert Person.objects.count() == 2


def test_what_gets_no_plan_and_what_could_not_be_read_is_kept_with_its_place() -> None:
    place = Place("year.ics", 7)
    batch = world.taken_in(
        world.meeting(),
        NotAnInterview("Dentist", world.NOW, "Nobody is invited.", place),
        Problem(place, "The file ends in the middle of an event."),
    )
    kept = Batch.objects.get(pk=batch.pk)
    assert kept.set_aside == [
        {
            "title": "Dentist",
            "starts": world.NOW.isoformat(),
            "why": "Nobody is invited.",
            "file": "year.ics",
            "line": 7,
        }
    ]
    assert kept.problems == [
        {"file": "year.ics", "line": 7, "says": "The file ends in the middle of an event."}
    ]
    assert [str(one) for one in kept.interviews()] == ["Interview: Platform team"]
    assert [str(one) for one in kept.people()] == ["Dana Lee", "Sam Ortiz", "Priya Nair"]


def test_the_same_invitation_in_another_members_book_is_another_interview() -> None:
    world.taken_in()
    world.taken_in(member=world.robin())
    assert (
        Interview.objects.seen_by(world.alex()).count()
        == Interview.objects.seen_by(world.robin()).count()
        == 1
    )
    assert Person.objects.seen_by(world.robin()).count() == 3
    assert not Batch.objects.seen_by(world.robin()).filter(member=world.alex()).exists()


def test_another_interview_with_the_same_person_recomputes_the_first_plan_once() -> None:
    first = world.interview()
    later = world.NOW + timedelta(hours=5)
    world.taken_in(world.meeting(uid="second", participants=(world.dana(),)), at=later)
    assert Plan.objects.get(interview=first).computed_at == later


def test_an_invitation_as_a_file_is_read_whatever_its_name() -> None:
    ics = ICS.replace("\n", "\r\n").encode()
    batch = take_in(world.alex(), [("whatever.txt", BytesIO(ics))], at=world.NOW)
    assert [who.person.name for one in batch.interviews() for who in one.interviewers.all()] == ["Dana Lee"]
    again = take_in(world.alex(), [("other.bin", BytesIO(ics))], at=world.NOW)
    assert again.title.startswith("Nothing new")


def test_what_the_invitation_promises_is_known_and_never_over_the_members_own_word() -> None:
    world.taken_in(world.meeting(decision_pace="weeks"))
    (application,) = world.alex().applications.all()
    assert application.decision_pace == "weeks"
    application.expect(decision_pace="days", by=world.alex(), at=world.NOW)
    world.taken_in(world.meeting(uid="second", decision_pace="same_day"))
    assert world.alex().applications.get().decision_pace == "days"


def test_a_card_that_bears_an_earlier_ones_identifier_is_of_the_same_person_unless_it_contradicts() -> None:
    def said(name: str, uid: str, **more: str) -> FoundCard:
        return FoundCard(Card.of(name=name, uid=uid, **more), Place("book.vcf", 1))

    cher, caller = world.taken_in(said("Cher", "u1"), said("", "u2", phone="+1 212 555 0112")).people()
    later = world.taken_in(
        said("Cher", "u1", title="Singer"), said("", "u2", phone="tel:+1-212-555-0112", title="Baker")
    )
    assert later.tally == {"new": 0, "updated": 2, "unchanged": 0, "proposed": 0}
    assert {one.pk for one in later.people()} == {cher.pk, caller.pk}
    assert world.taken_in(said("Bono Vox", "u1")).tally["new"] == 1
    assert world.taken_in(said("Kim Park", "u3"), said("Kim Park", "u3", title="VP")).tally["new"] == 1
    assert world.taken_in(said("Cher", "u1"), member=world.robin()).tally["new"] == 1
