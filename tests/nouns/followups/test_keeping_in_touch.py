"""Keeping in touch: counted from real contact, in a rhythm of one's own, put off, and told on Today and by mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rapport.followups import happenings
from rapport.followups.contact import last_contacts, spoken_since
from rapport.followups.touch import due_touches
from rapport.journal.errors import NotAllowed
from rapport.people.models import Keeping, Merge, Person
from rapport.rules.card import Card
from rapport.rules.rhythm import Rhythm, days_ahead
from tests import world

pytestmark = pytest.mark.django_db
QUARTERLY = Rhythm(3, "months")


def test_contact_is_a_mail_a_meeting_or_words_that_left_and_no_import() -> None:
    dana, alex = world.person(), world.alex()
    assert last_contacts([dana.pk], world.INTERVIEW_STARTS) == {}
    assert last_contacts([dana.pk], world.NOW) == {dana.pk: world.INTERVIEW_ENDS}
    dana.absorb(Card.of(name="Dana Lee", title="CTO"), source="book.vcf", at=world.NOW + timedelta(days=1))
    later = world.NOW + timedelta(days=2)
    assert last_contacts([dana.pk], later) == {dana.pk: world.INTERVIEW_ENDS}
    steps = world.interview().plan.steps.filter(person=dana).exclude(note=None)
    note = steps.order_by("pk")[0].note
    note.send(by=alex, at=later)
    assert last_contacts([dana.pk], later) == {dana.pk: later}
    happenings.they_wrote(dana, by=alex, at=later + timedelta(days=1))
    assert last_contacts([dana.pk], later + timedelta(days=2)) == {dana.pk: later + timedelta(days=1)}
    met, wrote = spoken_since(alex, later, later + timedelta(days=2))
    assert (set(met), set(wrote)) == (set(), {dana.pk})
    assert dana.pk in set(spoken_since(alex, world.INTERVIEW_ENDS, later)[0])
    mine = Person.objects.seen_by(alex)
    assert not mine.not_heard_since(later).filter(pk=dana.pk).exists()
    assert mine.not_heard_since(later + timedelta(days=3)).filter(pk=dana.pk).exists()


def test_it_is_time_once_the_rhythm_has_gone_by_since_the_last_contact() -> None:
    dana, alex = world.person(), world.alex()
    sam = Person.make(alex, Card.of(name="Sam Old"), source="a book", at=world.NOW)
    for person in (dana, sam):
        Keeping.begin(person, QUARTERLY, by=alex, at=world.NOW)
    assert due_touches(alex, datetime(2027, 2, 20, 11, 29, tzinfo=UTC)) == []
    due = due_touches(alex, datetime(2027, 2, 20, 13, tzinfo=UTC))
    assert [(touch.keeping.person.name, touch.last) for touch in due] == [
        ("Dana Lee", world.INTERVIEW_ENDS),
        ("Sam Old", None),
    ]
    later = due[0].due + timedelta(days=1)
    due[0].keeping.put_off(later + timedelta(weeks=2), by=alex, at=later)
    assert [touch.keeping.person.name for touch in due_touches(alex, later)] == ["Sam Old"]
    happenings.they_wrote(sam, by=alex, at=later)
    assert due_touches(alex, later) == []
    assert [touch.keeping.person.name for touch in due_touches(alex, later + timedelta(weeks=2))] == [
        "Dana Lee"
    ]
    assert due_touches(world.robin(), later + timedelta(weeks=20)) == []


def test_who_is_merged_is_kept_in_touch_with_once() -> None:
    alex = world.alex()
    dana, double = (Person.make(alex, Card.of(name="Dana"), source="x", at=world.NOW) for _ in range(2))
    Keeping.begin(double, Rhythm(6, "weeks"), by=alex, at=world.NOW)
    merge = Merge.join(dana, double, by=alex, at=world.NOW)
    assert [str(kept.rhythm) for kept in Keeping.objects.seen_by(alex)] == ["about every 6 weeks"]
    assert Keeping.objects.get().person_id == dana.pk
    merge.undo(by=alex, at=world.NOW)
    assert Keeping.objects.get().person_id == double.pk


def test_rhythms_follow_the_calendar_and_are_said_as_people_do() -> None:
    begun = datetime(2027, 11, 30, 9, tzinfo=UTC)
    assert QUARTERLY.after(begun) == datetime(2028, 2, 29, 9, tzinfo=UTC)
    assert Rhythm(2, "weeks").after(begun) == datetime(2027, 12, 14, 9, tzinfo=UTC)
    said = [str(Rhythm(*one)) for one in ((3, "months"), (1, "months"), (12, "months"), (5, "weeks"))]
    assert said == ["about quarterly", "about monthly", "about once a year", "about every 5 weeks"]
    for every, unit in ((0, "weeks"), (521, "weeks"), (121, "months"), (1, "days")):
        with pytest.raises(NotAllowed, match="say which"):
            Keeping.begin(world.person(), Rhythm(every, unit), by=world.alex(), at=world.NOW)


def test_a_birthday_on_the_leap_day_comes_on_the_28th_in_other_years() -> None:
    ahead = days_ahead(datetime(2027, 2, 27, tzinfo=UTC).date(), 2)
    assert {code: day.isoformat() for code, day in ahead.items()} == {
        227: "2027-02-27",
        228: "2027-02-28",
        229: "2027-02-28",
        301: "2027-03-01",
    }
    assert days_ahead(datetime(2028, 2, 28, tzinfo=UTC).date(), 1)[229].isoformat() == "2028-02-29"
