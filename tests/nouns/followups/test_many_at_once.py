"""Many plans are written with other statements than a few, and say the same."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from rapport.followups import happenings
from rapport.followups.models import Plan, Step
from rapport.journal.models import Entry
from tests import world

pytestmark = pytest.mark.django_db

MANY = 51
MATTER = [
    field.attname
    for field in Step._meta.concrete_fields
    if field.attname not in {"id", "plan_id", "person_id", "note_id", "words_from"}
]


def met(number: int) -> Any:
    return world.meeting(
        uid=f"{number}@initech.example",
        organisation=f"Initech {number}",
        participants=(world.dana(email=f"dana{number}@initech{number}.example"),),
    )


def steps(plan: Plan) -> list[dict[str, Any]]:
    return list(plan.steps.order_by("pk").values(*MATTER))


def test_the_steps_of_many_plans_read_as_those_of_one() -> None:
    world.taken_in(met(0))
    alone = steps(Plan.objects.get())
    world.taken_in(*map(met, range(1, MANY + 1)))
    assert Plan.objects.count() == MANY + 1
    assert all(steps(plan) == alone for plan in Plan.objects.all())


def test_many_plans_follow_the_time_as_one_does_and_each_change_is_journalled() -> None:
    world.taken_in(met(0), member=world.robin())
    world.taken_in(*map(met, range(1, MANY + 1)))
    later = world.NOW + timedelta(days=40)
    changed = happenings.refresh_due(world.robin(), later)
    assert changed
    assert len(happenings.refresh_due(world.alex(), later)) == MANY * len(changed)
    said = Entry.objects.filter(verb="step.verdict_changed")
    assert said.filter(member=world.alex()).count() == MANY * said.filter(member=world.robin()).count()
    alone = Plan.objects.get(member=world.robin())
    many = Plan.objects.filter(member=world.alex())
    verdicts = [step["verdict"] for step in steps(alone)]
    assert all([step["verdict"] for step in steps(plan)] == verdicts for plan in many)
    assert {plan.computed_at for plan in many} == {later}
