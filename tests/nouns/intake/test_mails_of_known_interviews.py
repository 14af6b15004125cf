"""A mail that tells of an interview in sentences, and its invitation, are one interview, whichever comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rapport.importers.mail.letters import PROSE
from rapport.importers.settling import settled
from rapport.interviews.models import Interview
from tests import world

pytestmark = pytest.mark.django_db

TOLD = world.meeting(uid=f"platform{PROSE}", video_url="", participants=(world.dana(confirmed=False),))


def test_a_mail_that_confirms_a_known_interview_adds_to_it_and_makes_no_other() -> None:
    interview = world.interview()
    kim = world.sam(name="Kim Roe", email="kim@initech.example")
    world.taken_in(replace(TOLD, participants=(*TOLD.participants, kim)))
    assert Interview.objects.get() == interview
    assert interview.interviewers.filter(person__name="Kim Roe").exists()
    assert not world.taken_in(replace(TOLD, participants=(*TOLD.participants, kim))).pk, "said again"


def test_a_mail_that_cancels_a_known_interview_closes_it_also_after_it_was_moved() -> None:
    world.taken_in()
    world.taken_in(world.later(world.meeting()))
    moved = world.later(TOLD, sequence=0)
    batch = world.taken_in(replace(moved, cancelled=True))
    interview = Interview.objects.get()
    assert interview.cancelled_at
    batch.undo(by=world.alex(), at=world.NOW)
    interview.refresh_from_db()
    assert interview.cancelled_at is None


def test_an_invitation_takes_the_place_of_what_a_mail_told_before_and_its_updates_are_followed() -> None:
    batch = world.taken_in(TOLD)
    interview = Interview.objects.get()
    assert batch.pk
    world.taken_in(world.meeting())
    interview.refresh_from_db()
    assert Interview.objects.get() == interview
    assert (interview.uid, interview.sequence) == (world.meeting().uid, 0)
    assert interview.video_url
    assert {who.person.name for who in interview.interviewers.all()} >= {"Dana Lee", "Priya Nair"}
    world.taken_in(world.later(world.meeting()))
    interview.refresh_from_db()
    assert interview.starts_at == world.INTERVIEW_STARTS + timedelta(days=1)


def test_another_hour_or_another_organisation_is_another_interview() -> None:
    world.taken_in()
    world.taken_in(
        replace(TOLD, starts=TOLD.starts + timedelta(hours=2), ends=TOLD.ends + timedelta(hours=2))
    )
    world.taken_in(replace(TOLD, uid=f"other{PROSE}", organisation="Globex"))
    assert Interview.objects.count() == 3


def test_a_cancellation_in_sentences_counts_in_the_same_batch_too() -> None:
    (found,) = settled([world.meeting(), replace(TOLD, cancelled=True)])
    assert (found.uid, found.cancelled) == (world.meeting().uid, True)
