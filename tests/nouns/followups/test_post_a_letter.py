"""A letter goes into the post on a day, and is expected on another."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rapport.accounts.models import PostalTime
from rapport.followups import happenings
from rapport.followups.letters import letter_for, letter_in_the_post, recipient_of, sender_of
from rapport.followups.models import Step
from rapport.journal.errors import NotAllowed
from rapport.rules.card import Card, PostalAddress
from tests import world

pytestmark = pytest.mark.django_db

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
MONDAY_NIGHT = datetime(2026, 11, 23, 20, tzinfo=ZoneInfo("Europe/Lisbon"))
LISBON = PostalAddress(
    street="Rua Augusta 10", locality="Lisboa", postal_code="1100-053", country="PT", place="work"
)
BERLIN = PostalAddress(
    street="Unter den Linden 5", locality="Berlin", postal_code="10117", country="DE", place="work"
)


def letter() -> Step:
    world.interview()
    return Step.objects.get(act="thank", channel="letter", person__name="Dana Lee")


def lives_at(step: Step, address: PostalAddress) -> None:
    card = Card.of(name=step.person.name).saying(address=address)
    happenings.update_card(step.person, card, source="what you typed", at=world.NOW)
    step.refresh_from_db()


def posted(day: date | None = MONDAY, at: datetime = MONDAY_NIGHT) -> Step:
    step = letter()
    lives_at(step, LISBON)
    happenings.sent(step, by=world.alex(), at=at, posted_on=day)
    step.refresh_from_db()
    return step


def there(moment: datetime | None) -> Any:
    assert moment is not None
    return moment.astimezone(ZoneInfo("Europe/Lisbon")).date()


def test_a_letter_posted_on_monday_arrives_two_working_days_later_at_home() -> None:
    step = posted()
    assert (step.state, there(step.posted_at), there(step.arrives)) == ("done", MONDAY, date(2026, 11, 25))
    assert step.note is not None
    assert step.note.sent_at == MONDAY_NIGHT
    entry = world.alex().journal.get(verb="step.done")
    assert "posted on Monday 23 November 2026, expected about Wednesday 25 November 2026" in entry.says


def test_without_a_day_it_was_posted_today() -> None:
    assert there(posted(None).posted_at) == MONDAY


def test_a_letter_abroad_takes_longer_and_a_members_own_figure_counts() -> None:
    step = letter()
    lives_at(step, BERLIN)
    happenings.sent(step, by=world.alex(), at=MONDAY_NIGHT, posted_on=MONDAY)
    step.refresh_from_db()
    assert there(step.arrives) == date(2026, 11, 27)
    happenings.unsent(step, by=world.alex(), at=MONDAY_NIGHT)
    PostalTime.objects.create(member=world.alex(), sender="PT", destination="DE", working_days=6)
    happenings.sent(step, by=world.alex(), at=MONDAY_NIGHT, posted_on=MONDAY)
    step.refresh_from_db()
    assert there(step.arrives) == date(2026, 12, 1)


def test_the_plan_reckons_with_the_members_own_figure_as_well() -> None:
    step = letter()
    lives_at(step, BERLIN)
    before = step.arrives
    PostalTime.objects.create(member=world.alex(), sender="PT", destination="DE", working_days=9)
    step.plan.recompute(world.NOW)
    step.refresh_from_db()
    assert before is not None
    assert step.arrives is not None
    assert step.arrives > before + timedelta(days=3)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (MONDAY + timedelta(days=1), "today or earlier"),
        (FRIDAY - timedelta(days=1), "before the interview, which was on Friday 20 November 2026"),
    ],
)
def test_a_day_to_come_or_before_the_interview_is_refused(day: date, sentence: str) -> None:
    step = letter()
    with pytest.raises(NotAllowed, match=sentence):
        happenings.sent(step, by=world.alex(), at=MONDAY_NIGHT, posted_on=day)
    step.refresh_from_db()
    assert step.note is not None
    assert (step.state, step.posted_at, step.note.sent_at) == ("open", None, None)


def test_posted_on_the_day_of_the_interview_counts_as_thanks_for_it() -> None:
    step = posted(FRIDAY)
    assert step.posted_at == world.INTERVIEW_ENDS.replace(hour=12, minute=0)
    others = Step.objects.get(act="thank", channel="email", person=step.person)
    assert any(reason["norm"] == "thanked-otherwise" for reason in (*others.because, *others.against))


def test_taken_back_it_is_as_if_it_had_never_been_posted() -> None:
    step = posted(FRIDAY)
    expected = Step.objects.get(pk=step.pk).arrives
    happenings.unsent(step, by=world.alex(), at=MONDAY_NIGHT)
    step.refresh_from_db()
    assert step.note is not None
    assert (step.state, step.posted_at, step.note.sent_at) == ("open", None, None)
    assert step.arrives != expected
    assert letter_in_the_post(step.person, MONDAY_NIGHT) is None


def test_a_letter_is_in_the_post_until_it_is_expected() -> None:
    step = posted()
    assert step.arrives is not None
    assert letter_in_the_post(step.person, MONDAY_NIGHT) == step
    assert letter_in_the_post(step.person, step.arrives) is None


def test_what_the_member_did_stays_when_the_plan_is_computed_anew() -> None:
    step = posted()
    before = (step.posted_at, step.arrives)
    step.plan.recompute(MONDAY_NIGHT + timedelta(days=1))
    step.refresh_from_db()
    assert (step.posted_at, step.arrives) == before


def test_a_mail_has_no_day_of_posting() -> None:
    letter()
    mail = Step.objects.get(act="thank", channel="email", person__name="Dana Lee")
    happenings.sent(mail, by=world.alex(), at=MONDAY_NIGHT)
    mail.refresh_from_db()
    assert (mail.posted_at, mail.arrives) == (None, None)


def test_the_letter_carries_the_members_card_and_the_notes_words() -> None:
    step = letter()
    lives_at(step, LISBON)
    world.alex().post_from(BERLIN)
    step = Step.objects.select_related("plan__member", "note", "person").get(pk=step.pk)
    made = letter_for(step, MONDAY)
    assert step.note is not None
    assert made.salutation == "Dear Dana,"
    assert " ".join(made.body).split() == " ".join(step.note.text.split("\n\n")[1:-1]).split()
    assert made.sender[:2] == ("Alex Morgan", "Unter den Linden 5")
    assert made.recipient == ("Dana Lee", "Initech", "Rua Augusta 10", "1100-053 LISBOA", "PORTUGAL")
    assert (sender_of(step).address.country, recipient_of(step).address.country) == ("DE", "PT")


def test_the_school_of_the_next_day_invites_while_the_letter_is_in_the_post() -> None:
    step = posted()
    happenings.follow_school(world.alex(), "next-day", at=MONDAY_NIGHT)
    invitation = Step.objects.get(act="invite", channel="professional", person=step.person)
    assert invitation.because[0]["norm"] == "invite-while-the-note-is-in-the-post"
    assert there(invitation.latest) == there(step.arrives)
