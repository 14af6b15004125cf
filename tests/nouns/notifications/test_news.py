"""News: what came from outside and what it changed, in a line each, and nothing of what was taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from rapport.followups import happenings
from rapport.followups.models import Step
from rapport.intake.taking_back import take_back
from rapport.interviews.models import Application
from rapport.journal.models import Entry, record
from rapport.notifications.news import DECIDED, gathered, since
from rapport.notifications.telling import Told, told
from tests import world

pytestmark = pytest.mark.django_db

LATER = world.NOW + timedelta(hours=20)


def news(at: datetime = LATER) -> list[Told]:
    """Give the lines, of the six days before."""
    return told(gathered(world.alex(), at - timedelta(days=6), at + timedelta(minutes=1)))


def decide(decision: str, at: datetime = LATER) -> Entry:
    happenings.decide(Application.objects.get(), decision, by=world.alex(), at=at)
    return Entry.objects.filter(verb=DECIDED, at=at).get()


def test_an_offer_is_one_line_that_leads_to_its_interview_and_tells_all_that_it_changed() -> None:
    interview = world.interview()
    decide("offer")
    (line,) = news()
    assert line.says == "Platform Engineer, Initech: they made an offer."
    assert line.interview == interview.pk
    to_do, *rest = line.changed.split(". ")
    assert to_do.startswith("To do: ")
    assert "call Dana Lee" in to_do
    (held,) = (sentence for sentence in rest if sentence.startswith("Held"))
    assert held.startswith("Held until your first day there: invite Dana Lee, ")
    assert held.rstrip(".").endswith("on the professional network")


def test_a_no_is_one_line_and_tells_whom_one_may_invite_and_what_is_over() -> None:
    world.interview()
    decide("rejected")
    (line,) = news()
    assert "they said no" in line.says
    assert "You may: invite Dana Lee, " in line.changed
    _, over = line.changed.split("No longer: ")
    assert "ask Priya Nair by e-mail where the decision stands" in over


def test_of_two_decisions_the_latest_is_told_and_of_one_corrected_none() -> None:
    world.interview()
    decide("offer")
    decide("rejected", LATER + timedelta(seconds=1))
    assert [line.says for line in news() if line.verb == DECIDED] == [
        "Platform Engineer, Initech: they said no."
    ]
    decide("none", LATER + timedelta(seconds=2))
    assert news() == []


def test_a_decision_taken_back_is_no_news_and_counts_again_once_that_is_taken_back() -> None:
    world.interview()
    happenings.they_wrote(world.person("Priya Nair"), by=world.alex(), at=LATER - timedelta(hours=1))
    before = [(line.says, line.changed) for line in news()]
    take_back(decide("offer"), by=world.alex(), at=LATER + timedelta(seconds=1))
    assert [(line.says, line.changed) for line in news()] == before
    back = Entry.objects.filter(verb="application.put_back").get()
    take_back(back, by=world.alex(), at=LATER + timedelta(seconds=2))
    assert "they made an offer" in " ".join(line.says for line in news())


def test_that_somebody_wrote_who_did_not_is_no_news_and_what_others_wrote_stays() -> None:
    dana, priya = world.person(), world.person("Priya Nair")
    happenings.they_wrote(dana, by=world.alex(), at=LATER)
    happenings.they_wrote(priya, by=world.alex(), at=LATER)
    happenings.they_did_not_write(dana, by=world.alex(), at=LATER + timedelta(seconds=1))
    assert [line.says for line in news()] == ["Priya Nair wrote to you by e-mail."]


def test_what_the_member_did_and_took_back_leaves_no_news() -> None:
    world.interview()
    thanks = world.step("thank", "phone")
    thanks.complete(by=world.alex(), at=LATER, confirmed=True)
    assert Entry.objects.filter(verb="step.verdict_changed", at=LATER).exists()
    thanks.reopen(by=world.alex(), at=LATER + timedelta(seconds=1))
    assert news() == []


def test_what_an_import_said_goes_with_it() -> None:
    world.interview()
    batch = world.taken_in(world.card(name="Dana Lee", email="dana.lee@initech.example", phone="+351 21 1"))
    assert "telephone" in news()[0].says
    batch.undo(by=world.alex(), at=LATER)
    assert news() == []


def test_what_is_free_to_do_is_said_as_a_person_would_say_it() -> None:
    alex = world.alex()
    world.interview()
    held = world.step("invite", "professional")
    told_of = {"verdict": ["hold", "optional"], "because": ["", "their invitation came"]}
    record(alex, "step.verdict_changed", "As the engine says it.", held, at=LATER, changes=told_of)
    due = world.step("congratulate", "email", "Sam Ortiz")
    changes = {"verdict": ["avoid", "do"], "because": ["", "time went by"]}
    record(alex, "step.verdict_changed", "As the engine says it.", due, at=LATER, changes=changes)
    unwise = {"verdict": ["optional", "avoid"]}
    record(alex, "step.verdict_changed", "…", world.step("thank", "text"), at=LATER, changes=unwise)
    quiet = {"verdict": ["avoid", "optional"]}
    record(alex, "step.verdict_changed", "…", world.step("make_introduction", ""), at=LATER, changes=quiet)
    assert {line.says for line in news()} == {
        "You may invite Dana Lee on the professional network now, because their invitation came.",
        "It is time to congratulate Sam Ortiz by e-mail, because time went by.",
    }
    assert [entry.keys_of(Step) for entry in since(alex, world.NOW, LATER)] == [[due.pk]]
    due.skip(by=alex, at=LATER)
    assert not any("congratulate" in line.says for line in news()), "nothing is to be done about it any more"


def test_several_people_are_named_in_one_breath_and_a_crowd_is_counted() -> None:
    crowd = tuple(
        world.dana(name=f"Person {number}", email=f"person{number}@initech.example", role="peer")
        for number in range(6)
    )
    world.taken_in(world.meeting(participants=crowd))
    decide("rejected")
    assert "invite Person 0, Person 1, Person 2 and 3 more on" in news()[0].changed
