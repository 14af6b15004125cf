"""A file becomes a batch: interviews, people and plans."""

import pytest

from rapport.followups.models import Step
from rapport.intake.models import Batch, Change
from rapport.interviews.models import Application, Interview, Interviewer
from rapport.journal.models import Entry
from rapport.people.models import CardRevision, Organisation, Person
from rapport.rules.etiquette import PAIRS
from tests import world

pytestmark = pytest.mark.django_db

KINDS = (Batch, Change, Step, Application, Interview, Interviewer, Entry, CardRevision, Organisation, Person)


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
