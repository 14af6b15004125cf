"""Whatever happens, what the member did about a step is as they left it, and computing twice is computing once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rapport.followups import happenings
from rapport.followups.models import Plan, Step
from rapport.interviews.models import Application, Interview
from rapport.journal.rows import stored
from rapport.network.models import Invitation
from rapport.people.models import Person
from rapport.rules.application import may_decide
from tests import world

_ADVICE = {
    "verdict",
    "until",
    "earliest",
    "due",
    "latest",
    "arrives",
    "because",
    "against",
    "would_change",
    "is_hard",
}
_COMPUTED = _ADVICE | {"falls_back", "words_from", "note_id", "closed_at"}
_CAME_OF_IT = {"answer", "answered_at", "answered_by_id"}
"""What others did about a step, which is nothing that the member did."""

_DID: dict[str, Callable[[Step], Any]] = {
    "done": lambda step: step.complete(by=world.alex(), at=world.NOW, confirmed=True),
    "skipped": lambda step: step.skip(by=world.alex(), at=world.NOW),
    "snoozed": lambda step: step.snooze(world.NOW + timedelta(days=2), by=world.alex(), at=world.NOW),
    "chose": lambda step: step.overrule("do", by=world.alex(), at=world.NOW, confirmed=True),
}
_DECIDED = ("offer", "rejected", "none", "silent")
_TOLD = ("moved", "edited", "wrote", "invited", "strong", "weak", "next-day", "considerate", "time")
_HAPPENINGS = st.sampled_from((*_DECIDED, *_TOLD))


def put_right(days: int, **by: Any) -> None:
    """Let the member type over what the interview is for, when it was and how it was held."""
    fields = {"ends_at": world.INTERVIEW_ENDS + timedelta(hours=days), "kind": "on_site"}
    named = {"job_title": f"Job {days}", "organisation": "Acme"}
    happenings.edit_interview(Interview.objects.get(), fields, **named, **by)


def happens(what: str, days: int) -> None:
    """Let something happen some days after the interview."""
    by = {"by": world.alex(), "at": world.NOW + timedelta(days=days)}
    application, dana = Application.objects.get(), Person.objects.get(name="Dana Lee")
    match what:
        case "offer" | "rejected" | "none" | "silent":
            if may_decide(application.decision, what):
                happenings.decide(application, what, **by)
        case "moved":
            world.taken_in(
                world.later(world.meeting(participants=(world.dana(),)), hours=days, sequence=days),
                at=by["at"],
            )
        case "wrote":
            happenings.they_wrote(dana, **by)
        case "invited":
            if not Invitation.objects.received_from(dana, "professional").filter(state="open").exists():
                happenings.they_invited(dana, "professional", **by)
        case "strong" | "weak":
            happenings.state_fact(dana, "rapport", what, **by)
        case "next-day" | "considerate":
            happenings.follow_school(world.alex(), what, at=by["at"])
        case "edited":
            put_right(days, **by)
        case _:
            happenings.refresh_due(world.alex(), by["at"])


def left(step: Step) -> dict[str, Any]:
    """Give what the member did about a step; a settled one keeps its advice as well."""
    settled = step.state != "open"
    follows = {"closed_at", "words_from"} | _CAME_OF_IT | (set() if settled else _COMPUTED)
    return {name: value for name, value in stored(step).items() if name not in follows}


class TestWhatTheMemberDid(TestCase):
    @settings(max_examples=6, deadline=None)
    @given(
        st.dictionaries(st.integers(0, 23), st.sampled_from(sorted(_DID)), min_size=1, max_size=4),
        st.lists(st.tuples(_HAPPENINGS, st.integers(1, 30)), max_size=4),
    )
    def test_stays_through_any_happenings(self, did: dict[int, str], then: list[tuple[str, int]]) -> None:
        world.taken_in(world.meeting(participants=(world.dana(),)))
        steps = list(Step.objects.exclude(act="record"))
        touched = {number % len(steps): how for number, how in did.items()}
        for number, how in touched.items():
            _DID[how](Step.objects.get(pk=steps[number].pk))
        before = {number: left(Step.objects.get(pk=steps[number].pk)) for number in touched}
        for what, days in then:
            happens(what, days)
        assert {number: left(Step.objects.get(pk=steps[number].pk)) for number in touched} == before

    @settings(max_examples=6, deadline=None)
    @given(st.lists(st.tuples(_HAPPENINGS, st.integers(1, 30)), max_size=4), st.integers(0, 60))
    def test_computing_twice_is_computing_once(self, then: list[tuple[str, int]], days: int) -> None:
        world.taken_in(world.meeting(participants=(world.dana(),)))
        for what, when in then:
            happens(what, when)
        at = world.NOW + timedelta(days=days)
        Plan.objects.all().recompute(at)
        once = [stored(step) for step in Step.objects.all()]
        entries = world.alex().journal.count()
        assert Plan.objects.all().recompute(at) == []
        assert [stored(step) for step in Step.objects.all()] == once
        assert world.alex().journal.count() == entries
