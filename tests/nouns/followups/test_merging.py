"""Two people of one interview are one: one row of each kind stands, and all of it comes apart again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import QuerySet

from rapport.correspondence.models import Note, Received
from rapport.followups import happenings
from rapport.followups.merging import merge, unmerge
from rapport.followups.models import Plan, Step
from rapport.interviews.models import Interviewer
from rapport.journal.rows import stored
from rapport.network.models import Connection, Invitation
from rapport.people.models import Person
from tests import world

pytestmark = pytest.mark.django_db

LATER = world.NOW + timedelta(days=100)
_DERIVED = {"people.merge", "people.matchkey", "people.proposal"}
_OF_THE_MOMENT = {"computed_at", "refresh_due_at", "composed_at"}


def book() -> dict[tuple[str, int], dict[str, Any]]:
    """Every row but the journal's, without the moments at which Rapport looked."""
    found = {}
    for kind in apps.get_models(include_auto_created=True):
        if kind._meta.app_label in {"people", "interviews", "network", "correspondence", "followups"}:
            for row in QuerySet(kind):
                columns = {name: said for name, said in stored(row).items() if name not in _OF_THE_MOMENT}
                if kind._meta.label_lower not in _DERIVED and not (
                    columns.get("joins") and columns["undone_at"]
                ):
                    found[kind._meta.label_lower, row.pk] = columns
    return {place: row for place, row in found.items() if row.get("joins") is None}


def both() -> tuple[Person, Person]:
    return world.person("Dana Lee"), world.person("Sam Ortiz")


def step(person: Person, act: str = "thank", channel: str = "email") -> Step:
    return Step.objects.get(person=person, act=act, channel=channel)


def test_the_plan_is_for_one_person_and_gives_both_back() -> None:
    dana, sam = both()
    alex = world.alex()
    world.interviewer("Sam Ortiz").recall("the monolith", by=alex, at=world.NOW)
    for person, day in ((dana, 1), (sam, 2)):
        Invitation.record_sent(
            person, "professional", by=alex, at=world.NOW + timedelta(days=day), confirmed=True
        )
        Connection.objects.create(member=alex, person=person, channel="professional", profile=f"p{day}")
    Plan.objects.all().recompute(world.NOW)
    before = book()
    joined, _ = merge(dana, sam, by=alex, at=world.NOW)
    (who,) = Interviewer.objects.filter(interview=world.interview(), person__in=[dana, sam])
    assert (who.person, who.role, who.topics) == (dana, "hiring_manager", "the monolith")
    acts = list(Step.objects.filter(person__in=[dana, sam]).values_list("act", "channel", "person"))
    assert len(acts) == len(set(acts))
    assert {person for *_, person in acts} == {dana.pk}
    assert not Step.objects.filter(person=dana, closed_at__isnull=False).exists()
    assert Invitation.objects.get(person=dana).sent_at == world.NOW + timedelta(days=2)
    assert Connection.objects.get(person=dana).profile == "p1"
    assert not any(kind.objects.filter(person=sam).exists() for kind in (Note, Step, Interviewer, Invitation))
    unmerge(joined, by=alex, at=world.NOW)
    after = book()
    assert [
        (place, name, said, after.get(place, {}).get(name))
        for place, row in before.items()
        for name, said in row.items()
        if after.get(place, {}).get(name) != said
    ] == []
    assert set(after) == set(before)


@pytest.mark.parametrize("who", ["Dana Lee", "Sam Ortiz"])
def test_of_two_steps_the_one_the_member_acted_upon_counts(who: str) -> None:
    dana, sam = both()
    acted = step(world.person(who), "thank", "letter")
    happenings.sent(acted, by=world.alex(), at=world.NOW, confirmed=True)
    joined, _ = merge(dana, sam, by=world.alex(), at=world.NOW)
    assert (step(dana, "thank", "letter").pk, step(dana, "thank", "letter").state) == (acted.pk, "done")
    unmerge(joined, by=world.alex(), at=LATER)
    states = {person.name: step(person, "thank", "letter").state for person in (dana, sam)}
    assert states == {"Dana Lee": "open", "Sam Ortiz": "open"} | {who: "done"}


def test_what_was_done_and_written_since_stays_with_whom_it_was_for() -> None:
    dana, sam = both()
    dana_mail = dana.emails.get().email
    happenings.update_card(sam, world.card().card, source="a card", at=world.NOW)
    joined, _ = merge(dana, sam, by=world.alex(), at=world.NOW)
    happenings.sent(step(dana), by=world.alex(), at=world.NOW, confirmed=True)
    for number, sender in enumerate(("sam@initech.example", dana_mail)):
        said = {"kind": "mail", "sender": sender, "received_at": LATER, "noticed_at": LATER}
        Received.notice(world.alex(), f"<{number}@initech.example>", person=dana, **said)
    unmerge(joined, by=world.alex(), at=LATER)
    assert [step(person).state for person in (dana, sam)] == ["done", "open"]
    assert [mail.sender for mail in (*sam.received.all(), *dana.received.all())] == [
        "sam@initech.example",
        dana_mail,
    ]
