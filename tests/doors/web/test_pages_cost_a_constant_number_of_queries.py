"""Today and Interview ask the database the same number of times, however much is on them."""

from __future__ import annotations

from copy import copy
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rapport.followups.hearing import apply, hear
from rapport.followups.models import Plan, Step
from rapport.importers.findings import Participant
from rapport.interviews.models import Interview
from rapport.people.models import Source
from rapport.rules.card import Card
from tests.doors.web.book import filled


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def multiplied(step, times):
    """Put the step on Today many times more, each for another plan."""
    interview, now = step.plan.interview, timezone.now()
    copies = Interview.objects.bulk_create(
        [_without_key(interview, uid=f"copy-{number}") for number in range(times)]
    )
    plans = Plan.objects.bulk_create(
        [
            Plan(
                member=interview.member,
                interview=each,
                school="considerate",
                computed_at=now,
                refresh_due_at=now + timedelta(days=1),
            )
            for each in copies
        ]
    )
    Step.objects.bulk_create([_without_key(step, plan=plan, note=None) for plan in plans])


def _without_key(row, **other):
    one = copy(row)
    one.pk = None
    for name, value in other.items():
        setattr(one, name, value)
    return one


def test_today_with_a_thousand_open_steps_asks_no_more_than_with_a_few(book, as_alex):
    few = queries(as_alex, "/")
    multiplied(book.step(), 1000)
    mine = Step.objects.seen_by(book.member)
    assert mine.filter(act="thank", channel="email").count() >= 1000
    assert queries(as_alex, "/") == few
    assert few <= 21  # in the last days of a year birthdays are asked for twice: the ordinary number is 20
    shown = as_alex.get("/").context
    to_do, waiting = (found(shown["now"]) for found in (mine.to_do_now, mine.waiting))
    assert shown["to_do"] == list(to_do[:12])
    assert (shown["to_do_count"], shown["waiting_count"]) == (to_do.count(), waiting.count())


def test_changes_of_many_ask_no_more_than_of_one(book, as_alex):
    def hear_of(*names):
        for name in names:
            person = book.person(name)
            card = Card.of(name=name, title="Chief", organisation="Hooli", phone="+351 21 000 0000")
            hear(
                Source.of(person, "card", f"https://{name.split()[0].lower()}.example/card.vcf"),
                card,
                at=book.now,
            )
            apply(person.suggestions.get(field="title"), by=book.member, at=book.now)

    hear_of("Dana Lee")
    one = queries(as_alex, "/changes")
    hear_of("Sam Ortiz", "Priya Nair")
    assert queries(as_alex, "/changes") == one
    assert one <= 15


def test_an_interview_with_a_panel_of_ten_asks_no_more_than_with_three(alex, as_alex, stranger):
    panel = tuple(
        Participant(name=f"Person {number}", email=f"person{number}@initech.example", organisation="Initech")
        for number in range(10)
    )
    three = queries(as_alex, f"/interviews/{filled(alex).interview.pk}")
    alex.interviews.all().delete()
    alex.addresses.all().delete()
    alex.own_schools.all().delete()
    ten = filled(alex, participants=panel, uid="ten@initech.example")
    assert ten.interview.interviewers.count() == 10
    assert queries(as_alex, f"/interviews/{ten.interview.pk}") == three
    assert three <= 8
    first = ten.interview.interviewers.first()
    assert queries(as_alex, f"/people/{first.person_id}") <= 24, "advice is asked for where there is no step"
