"""An organisation comes into the book once, however its name is written and however many files name it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rapport.interviews.models import Application
from rapport.people.models import Organisation
from tests import world

pytestmark = pytest.mark.django_db


def named(organisation: str, number: int = 0, job: str = "Platform Engineer") -> object:
    """Give an interview at an organisation with nobody else's name in it."""
    who = world.dana(organisation=organisation)
    meeting = world.meeting(uid=f"{number}@initech.example", job_title=job, participants=(who,))
    return replace(meeting, organisation=organisation)


@pytest.mark.parametrize(
    ("first", "then"), [("Initech", "INITECH"), ("École Initech", "École INITECH"), ("a" * 400, "a" * 400)]
)
def test_other_capitals_are_the_same_organisation_in_one_batch_and_in_the_next(first: str, then: str) -> None:
    world.taken_in(named(first, 1), named(then, 2))
    world.taken_in(named(then, 3))
    (organisation,) = Organisation.objects.seen_by(world.alex())
    assert organisation.name == first[:300]
    assert Application.objects.get().interviews.count() == 3


def test_another_job_at_an_organisation_just_met_is_another_application() -> None:
    world.taken_in(named("Initech", 1), named("Initech", 2, "Designer"), named("Initech", 3, "Designer"))
    world.taken_in(named("Initech", 4, "Designer"), named("Initech", 5))
    jobs = Application.objects.seen_by(world.alex()).order_by("pk")
    assert [(job.job_title, job.interviews.count()) for job in jobs] == [
        ("Platform Engineer", 2),
        ("Designer", 3),
    ]


def test_an_organisation_that_an_old_card_still_names_is_made_once() -> None:
    world.taken_in(named("Initech", 1))
    Organisation.objects.get().delete()
    world.taken_in(world.card(name="Dana Lee", email="dana.lee@initech.example", phone="+351 210 000 000"))
    world.taken_in(
        world.card(name="Dana Lee", email="dana.lee@initech.example", title="CTO"), named("Initech", 2)
    )
    assert Organisation.objects.seen_by(world.alex()).count() == 1
