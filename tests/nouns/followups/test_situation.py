"""What is known reaches the engine; what is not known stays unknown."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapport.followups import happenings
from rapport.followups.asking import advice_for, situation_of, situation_of_person
from rapport.followups.models import Step
from rapport.intake.taking import type_in
from rapport.interviews.models import Interviewer
from rapport.journal.errors import NotAllowed
from rapport.people.models import Person
from rapport.rules.etiquette import FACTS
from rapport.web.interviews.stages import standing_of
from tests import world

pytestmark = pytest.mark.django_db

MORNING = world.NOW + timedelta(days=3)


def facts(name: str = "Dana Lee") -> dict[str, object]:
    return dict(situation_of(world.interviewer(name), world.NOW).facts)


def test_an_interview_alone_tells_this_much() -> None:
    found = situation_of(world.interviewer(), world.NOW)
    assert found.facts == {
        "stage": "interviewing",
        "decision": "none",
        "check_ins": 0,
        "role": "hiring_manager",
        "met": "interview",
        "in_person": False,
        "interviews": 1,
        "panel": 3,
        "runs_the_process": False,
    }
    assert found.happened == {"interview_end": world.INTERVIEW_ENDS}
    assert found.time_zone == "Europe/Lisbon"


def test_one_of_a_panel_is_whom_one_asks_how_things_stand() -> None:
    world.interview()
    assert [facts(name)["runs_the_process"] for name in ("Dana Lee", "Sam Ortiz", "Priya Nair")] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(("source", "runs"), [("organizer", [False, True]), ("attendee", [True, False])])
def test_without_a_recruiter_whoever_sent_the_invitation_is_asked_else_one_of_them(
    source: str, runs: list[bool]
) -> None:
    colleagues = (world.sam(role=None), world.sam(name="Kim Roe", role=None, source=source))
    world.taken_in(world.meeting(uid="colleagues", participants=colleagues))
    met = Interviewer.objects.filter(interview__uid="colleagues")
    assert [situation_of(who, world.NOW).facts.get("runs_the_process") for who in met] == runs


def test_thanking_is_unknown_until_done_and_none_only_once_skipped() -> None:
    world.interview()
    thanks = Step.objects.get(person__name="Dana Lee", act="thank", channel="email")
    assert "thanked" not in facts()
    thanks.skip(by=world.alex(), at=world.NOW)
    assert facts()["thanked"] == "none"
    thanks.reopen(by=world.alex(), at=world.NOW)
    assert "thanked" not in facts()
    thanks.complete(by=world.alex(), at=world.NOW)
    assert facts()["thanked"] == "email"
    assert situation_of(world.interviewer(), world.NOW).happened["thank_you_sent"] == world.NOW


def test_an_invitation_sent_is_known_in_every_interview_and_its_outcome_when_stated() -> None:
    world.interview()
    invited = Step.objects.get(person__name="Dana Lee", act="invite", channel="professional")
    invited.complete(by=world.alex(), at=world.NOW, confirmed=True)
    assert facts()["invited"] == "sent"
    happenings.state_fact(world.person(), "invited", "declined", by=world.alex(), at=MORNING)
    assert facts()["invited"] == "declined"


def test_they_wrote_is_real_contact_and_can_be_taken_back() -> None:
    dana = world.person()
    happenings.they_wrote(dana, by=world.alex(), at=MORNING)
    found = situation_of(world.interviewer(), MORNING)
    assert found.facts["contact_outside"] is True
    assert found.happened["reply"] == found.happened["real_contact"] == MORNING
    assert world.person().last_contact_at == MORNING
    happenings.they_did_not_write(dana, by=world.alex(), at=MORNING)
    assert "reply" not in situation_of(world.interviewer(), MORNING).happened
    assert world.person().last_contact_at is None
    with pytest.raises(NotAllowed, match="not recorded"):
        happenings.they_did_not_write(dana, by=world.alex(), at=MORNING)


def test_they_invited_is_an_event_and_changes_the_advice() -> None:
    dana = world.person()
    changed = happenings.they_invited(dana, "professional", by=world.alex(), at=MORNING)
    assert situation_of(world.interviewer(), MORNING).happened["their_invitation"] == MORNING
    assert ("answer", "professional") in {(one.step.act, one.step.channel) for one in changed}


def test_an_answer_goes_where_it_belongs() -> None:
    dana = world.person()
    by = {"by": world.alex(), "at": world.NOW}
    happenings.state_fact(dana, "rapport", "strong", **by)
    happenings.state_fact(dana, "reply_by", date(2026, 11, 27), **by)
    happenings.state_fact(dana, "via_agency", False, **by)
    happenings.state_fact(dana, "role", "executive", **by)
    found = facts()
    assert (found["rapport"], found["reply_by"], found["via_agency"]) == ("strong", date(2026, 11, 27), False)
    assert found["role"] == "executive"
    assert facts("Priya Nair")["reply_by"] == date(2026, 11, 27)
    assert "rapport" not in facts("Priya Nair")
    happenings.retract_fact(dana, "rapport", **by)
    assert "rapport" not in facts()


def test_an_offer_a_no_and_joining_are_events() -> None:
    application = world.application()
    happenings.decide(application, "offer", by=world.alex(), at=MORNING)
    happened = situation_of(world.interviewer(), MORNING).happened
    assert happened["decision"] == happened["offer"] == MORNING
    first_day = date(2026, 12, 1)
    happenings.decide(application, "accepted", by=world.alex(), at=MORNING, joins_on=first_day)
    assert "joining" not in situation_of(world.interviewer(), MORNING).happened
    assert "joining" in situation_of(world.interviewer(), MORNING + timedelta(days=14)).happened


def test_somebody_met_elsewhere_has_advice_without_an_interview() -> None:
    ana = type_in(world.alex(), name="Ana Reis", met="event", at=world.NOW).people()[0]
    assert situation_of_person(ana, world.NOW).facts == {
        "met": "event",
        "interviews": 0,
        "stage": "prospect",
    }
    advice = advice_for(ana, world.NOW)
    assert advice.on("invite", "social").verdict in {"do", "optional", "ask", "hold", "avoid", "never"}


def test_every_fact_given_is_of_the_vocabulary() -> None:
    world.interview()
    for name in ("Dana Lee", "Sam Ortiz", "Priya Nair"):
        for fact, value in facts(name).items():
            assert FACTS[fact].accepts(value)


def test_after_half_a_year_nothing_waits_for_a_decision_and_a_promise_still_counts() -> None:
    interview = world.interview()
    plan, application = interview.plan, interview.application
    later = world.INTERVIEW_ENDS + timedelta(days=200)
    plan.recompute(world.INTERVIEW_ENDS + timedelta(days=170))
    assert plan.steps.filter(until="decision").exists()
    plan.recompute(later)
    assert situation_of(world.interviewer(), later).facts["decision"] == "silent"
    assert not plan.steps.filter(until="decision").exists()
    assert plan.steps.filter(person__name="Dana Lee", because__0__says__startswith="Silence was").exists()
    assert "counts as a no" in standing_of(application, later).says
    happenings.expect(application, reply_by=(later + timedelta(days=7)).date(), by=world.alex(), at=later)
    assert situation_of(world.interviewer(), later).facts["decision"] == "none"


def test_whoever_works_where_the_member_is_in_the_running_is_invited_once_it_is_decided() -> None:
    world.taken_in(at=world.NOW)
    kim = world.taken_in(
        world.card(name="Kim Roe", email="kim@initech.example", organisation="Initech")
    ).people()[0]
    kim.met = "online"
    kim.save()
    waiting = advice_for(kim, MORNING).on("invite", "professional")
    assert (waiting.verdict, waiting.until) == ("hold", "decision")
    world.interview().application.decide("rejected", by=world.alex(), at=MORNING)
    assert advice_for(kim, MORNING).on("invite", "professional").verdict == "optional"


@pytest.mark.parametrize(
    ("email", "organisation", "verdict"),
    [
        ("kim@elsewhere.example", "INITECH GmbH", "hold"),
        ("kim@elsewhere.example", "Initech Inc.", "hold"),
        ("kim@initech.example", "", "hold"),
        ("kim@initech.example", "Initech Labs", "hold"),
        ("kim@gmail.com", "", "optional"),
        ("kim@talent.example", "Bright Talent", "optional"),
        ("kim@elsewhere.example", "Initiative", "optional"),
    ],
)
def test_where_somebody_works_is_told_by_the_name_without_its_legal_form_else_by_a_company_address(
    email: str, organisation: str, verdict: str
) -> None:
    world.taken_in(
        world.meeting(participants=(world.dana(), world.sam(email="sam@gmail.com"), world.priya()))
    )
    found = world.taken_in(world.card(name="Kim Roe", email=email, organisation=organisation))
    kim = found.people()[0]
    kim.met = "online"
    kim.save()
    assert advice_for(kim, MORNING).on("invite", "professional").verdict == verdict


def test_where_somebody_works_takes_as_many_queries_however_many_applications_run() -> None:
    world.taken_in(world.meeting(uid="job-0", organisation="House 0"))
    kim = world.taken_in(world.card(name="Kim Roe", email="kim@roe.example")).people()[0]
    with CaptureQueriesContext(connection) as few:
        situation_of_person(Person.objects.get(pk=kim.pk), MORNING)
    for number in range(1, 4):
        world.taken_in(world.meeting(uid=f"job-{number}", organisation=f"House {number}"))
    with CaptureQueriesContext(connection) as many:
        situation_of_person(Person.objects.get(pk=kim.pk), MORNING)
    assert len(many) == len(few)
