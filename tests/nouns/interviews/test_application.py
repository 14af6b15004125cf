"""An application moves, is decided, and corrected."""

from datetime import date, timedelta

import pytest

from rapport.interviews.models import Application
from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.people.models import Organisation
from rapport.rules.application import DECISIONS, STAGES
from tests import world

pytestmark = pytest.mark.django_db


def test_a_second_interview_at_the_organisation_belongs_to_the_same_application() -> None:
    first = world.interview()
    second = world.taken_in(world.meeting(uid="second", title="Second", job_title=None)).interviews()[0]
    assert second.application == first.application


def test_another_job_there_is_another_application() -> None:
    first = world.interview()
    other = world.taken_in(world.meeting(uid="second", job_title="Designer")).interviews()[0]
    assert other.application != first.application


def test_after_the_decision_a_new_interview_opens_a_new_application() -> None:
    first = world.interview()
    first.application.decide("rejected", by=world.alex(), at=world.NOW)
    other = world.taken_in(world.meeting(uid="second")).interviews()[0]
    assert other.application != first.application


def test_without_a_known_organisation_each_interview_is_an_application_of_its_own() -> None:
    world.taken_in(world.meeting(uid="a", organisation=None), world.meeting(uid="b", organisation=None))
    assert Application.objects.count() == 2


def test_the_title_of_the_job_is_learned_from_a_later_interview() -> None:
    world.taken_in(world.meeting(job_title=None))
    world.taken_in(world.meeting(uid="second"))
    assert Application.objects.get().job_title == "Platform Engineer"


def test_what_the_job_is_and_where_is_put_right_and_no_file_that_came_puts_it_back() -> None:
    application, by = world.application(), {"by": world.alex(), "at": world.NOW}
    acme = Organisation.named(world.alex(), "Acme")
    assert not application.edit(" Platform  Engineer ", application.organisation, **by)
    assert application.edit("Baker", acme, **by)
    (entry,) = world.alex().journal.filter(verb="application.edited")
    assert entry.says == "You put right: Platform Engineer, Initech is Baker, Acme."
    world.taken_in(world.meeting())
    world.taken_in(world.later(world.meeting()))
    application.refresh_from_db()
    assert (str(application), Application.objects.count()) == ("Baker, Acme", 1)
    application.edit("", None, **by)
    assert str(Application.objects.get()) == "Application, organisation not known"
    with pytest.raises(NotAllowed, match="another member's book"):
        application.edit("Mine", acme, by=world.robin(), at=world.NOW)
    assert Application.objects.get().job_title == ""


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("then", DECISIONS)
def test_decisions_follow_one_another_as_the_table_says(decision: str, then: str) -> None:
    application = Application.begin(world.alex(), None, "Baker", at=world.NOW)
    if decision != "none":
        application.decide(decision, by=world.alex(), at=world.NOW)
    if then in DECISIONS[decision]:
        application.decide(then, by=world.alex(), at=world.NOW)
        application.refresh_from_db()
        assert application.decision == then
        assert (application.stage == "decided") == (then != "none") == (application.decided_at is not None)
    else:
        with pytest.raises(NotAllowed, match="there cannot be"):
            application.decide(then, by=world.alex(), at=world.NOW)


@pytest.mark.parametrize("stage", STAGES)
def test_stages_move_forward_and_are_corrected_backward(stage: str) -> None:
    application = Application.begin(world.alex(), None, "Baker", at=world.NOW)
    if stage == "interviewing":
        with pytest.raises(NotAllowed, match="no way"):
            application.move_to(stage, by=world.alex(), at=world.NOW)
        return
    application.move_to(stage, by=world.alex(), at=world.NOW)
    said = world.alex().journal.filter(verb="application.moved").values_list("says", flat=True)
    assert [line.endswith(", corrected.") for line in said] == [True]


def test_nobody_is_decided_by_a_stage() -> None:
    with pytest.raises(NotAllowed, match="no way to decided"):
        world.application().move_to("decided", by=world.alex(), at=world.NOW)


def test_accepting_keeps_the_day_the_offer_came() -> None:
    application = world.application()
    application.decide("offer", by=world.alex(), at=world.NOW)
    application.decide(
        "accepted", by=world.alex(), at=world.NOW + timedelta(days=2), joins_on=date(2027, 1, 4)
    )
    assert (application.decided_at, application.joins_on) == (world.NOW, date(2027, 1, 4))


def test_two_decisions_at_the_same_time_do_not_both_count() -> None:
    application = world.application()
    stale = Application.objects.get(pk=application.pk)
    application.decide("offer", by=world.alex(), at=world.NOW)
    with pytest.raises(NotAllowed, match="changed meanwhile"):
        stale.decide("rejected", by=world.alex(), at=world.NOW)
    application.refresh_from_db()
    assert application.decision == "offer"


def test_a_stranger_decides_nothing() -> None:
    application = world.application()
    with pytest.raises(NotAllowed, match="another member's book"):
        application.decide("rejected", by=world.robin(), at=world.NOW)
    application.refresh_from_db()
    assert application.decision == "none"
    assert not Application.objects.seen_by(world.robin()).exists()


def test_what_was_promised_and_somebodys_part_are_journalled_in_sentences() -> None:
    application, by, at = world.application(), world.alex(), world.NOW
    application.decide("accepted", by=by, at=at)
    application.expect(
        reply_by=date(2026, 12, 2),
        decision_pace="weeks",
        joins_on=date(2027, 1, 4),
        via_agency=True,
        by=by,
        at=at,
    )
    world.interviewer().give_role("hr", by=by, at=at)
    promised, part = Entry.objects.order_by("pk").reverse()[1], Entry.objects.latest("pk")
    assert promised.says.endswith(
        ": they promised an answer by Wednesday 2 December 2026; they decide within weeks; "
        "your first day there is Monday 4 January 2027; an agency stands between you."
    )
    assert part.says.startswith("Dana Lee: they are from human resources, in Interview")
