"""The member's data archive, reconciled with the book: who is meant, what came of it, once, and taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rapport.followups import happenings
from rapport.followups.asking import situation_of
from rapport.followups.models import Step
from rapport.importers.findings import Connected, Invited, Place, Problem, WholeTable
from rapport.intake.models import Batch
from rapport.journal.models import Entry
from rapport.journal.rows import stored
from rapport.network.models import Connection, Invitation
from rapport.notifications.news import NEWS
from rapport.people.models import CardRevision, EmailAddress, Organisation, Person
from tests import world

pytestmark = pytest.mark.django_db

DANA = "https://www.linkedin.com/in/dana-lee"
SENT = datetime(2026, 11, 21, 14, 37, tzinfo=UTC)
LATER = world.NOW + timedelta(days=7)


def connected(name: str = "Dana Lee", **said: Any) -> Connected:
    stated = {
        "profile": DANA,
        "since": date(2026, 11, 23),
        "organisation": "Initech",
        "title": "VP Engineering",
    }
    return Connected(name=name, place=Place("Connections.csv", 2), **(stated | said))


def invited(direction: Any = "sent", name: str = "Dana Lee", **said: Any) -> Invited:
    stated = {"sent": SENT, "profile": DANA, "words": "Glad we talked."}
    return Invited(direction=direction, name=name, place=Place("Invitations.csv", 2), **(stated | said))


def brought(*found: Any, at: datetime = LATER) -> Batch:
    return world.taken_in(*found, at=at)


def dana_is_known_by_profile() -> Person:
    dana = world.person()
    happenings.profile_known(dana, "http://linkedin.com/in/Dana-Lee/", by=world.alex(), at=world.NOW)
    return dana


def step(act: str = "invite", channel: str = "professional") -> Step:
    return Step.objects.get(person__name="Dana Lee", act=act, channel=channel)


def facts(name: str = "Dana Lee") -> dict[str, Any]:
    return dict(situation_of(world.interviewer(name), LATER).facts)


def book() -> dict[str, list[dict[str, Any]]]:
    kinds: tuple[Any, ...] = (Organisation, Person, EmailAddress, CardRevision, Connection, Invitation, Step)
    drafts = {"words_from", "note_id"}
    return {
        kind.__name__: [
            {name: value for name, value in stored(row).items() if name not in drafts}
            for row in kind.objects.order_by("pk")
            if not getattr(row, "undone_at", None)
        ]
        for kind in kinds
    }


def test_people_of_an_archive_come_in_quietly() -> None:
    batch = brought(
        connected(given="Dana", family="Lee, PhD", name="Dana Lee, PhD", email="dana@initech.example")
    )
    dana = Person.objects.get()
    assert (dana.name, dana.title, str(dana.organisation), dana.profile) == (
        "Dana Lee, PhD",
        "VP Engineering",
        "Initech",
        DANA,
    )
    assert (dana.is_professional, dana.met) == (True, "")
    assert "N:Lee\\, PhD;Dana;;;" in dana.card
    assert dana.emails.get().email == "dana@initech.example"
    assert not Step.objects.exists()
    assert [entry.verb for entry in world.alex().journal.all()] == ["batch.taken_in"]
    assert batch.tally == {"new": 1, "updated": 0, "unchanged": 0, "proposed": 0}


def test_an_invitation_sent_through_rapport_is_confirmed_and_accepted_with_its_day() -> None:
    dana_is_known_by_profile()
    happenings.sent(step(), by=world.alex(), at=SENT + timedelta(hours=3), confirmed=True)
    assert facts()["invited"] == "sent"
    batch = brought(invited(), connected())
    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.sent_at, invitation.words) == ("accepted", SENT, "Glad we talked.")
    assert invitation.answered_at.astimezone(world.alex().zone).date() == date(2026, 11, 23)
    assert (facts()["invited"], facts()["degree"]) == ("accepted", 1)
    assert step("answer").verdict == "avoid"
    changed = {(one.field, one.before, one.after) for one in batch.differences_now}
    assert ("invitation", "sent", "accepted") in changed


def test_an_invitation_noted_by_hand_lets_its_name_count() -> None:
    world.interview()
    happenings.sent(step(), by=world.alex(), at=SENT, confirmed=True)
    batch = brought(connected())
    assert Person.objects.filter(name="Dana Lee").count() == 1
    assert (Invitation.objects.get().state, world.person().profile) == ("accepted", DANA)
    assert batch.tally["proposed"] == 0


def test_an_invitation_noted_days_late_is_dated_by_the_archive_and_accepted() -> None:
    dana_is_known_by_profile()
    happenings.sent(step(), by=world.alex(), at=SENT + timedelta(days=4), confirmed=True)
    brought(invited(), connected())
    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.sent_at) == ("accepted", SENT)
    assert invitation.answered_at.astimezone(world.alex().zone).date() == date(2026, 11, 23)


@pytest.mark.parametrize("why", ["two of the name in the archive", "known by another profile"])
def test_a_name_does_not_count_where_it_tells_nobody_apart(why: str) -> None:
    world.interview()
    if why == "known by another profile":
        happenings.profile_known(world.person(), f"{DANA}-2", by=world.alex(), at=world.NOW)
    happenings.sent(step(), by=world.alex(), at=SENT, confirmed=True)
    others = (connected(profile=f"{DANA}-other"),) if "archive" in why else ()
    brought(connected(), *others)
    assert Invitation.objects.get(person=world.person()).state == "sent"


def test_a_connection_of_a_known_name_comes_in_beside_them_and_is_proposed_where_more_than_the_name_agrees() -> (
    None
):
    world.person()
    others = connected(name="Robin Vale", profile=f"{DANA}-2"), connected()
    batch = brought(*others)
    assert Person.objects.filter(name="Dana Lee").count() == 2
    assert batch.tally == {"new": 2, "updated": 0, "unchanged": 0, "proposed": 1}
    assert batch.proposed[0]["name"] == "Dana Lee"
    assert brought(*others).tally == {"new": 0, "updated": 0, "unchanged": 2, "proposed": 0}


def test_an_invitation_by_a_known_name_is_proposed_and_the_pasted_profile_settles_it() -> None:
    dana = world.person()
    batch = brought(invited("received"))
    assert Person.objects.filter(name="Dana Lee").count() == 1
    assert batch.tally == {"new": 0, "updated": 0, "unchanged": 0, "proposed": 1}
    assert (batch.proposed[0]["person"], batch.proposed[0]["profile"]) == (dana.pk, DANA)
    assert not batch.brought_something
    happenings.profile_known(dana, DANA, by=world.alex(), at=LATER)
    brought(connected(), invited("received"))
    assert Invitation.objects.get().state == "accepted"
    assert Connection.objects.get().person == dana


def test_an_email_address_tells_who_is_meant_and_the_profile_is_learnt() -> None:
    dana = world.person()
    brought(connected(email="dana.lee@initech.example"))
    dana.refresh_from_db()
    assert dana.profile == DANA
    assert Connection.objects.get().person == dana


def test_who_invited_me_is_answered_so_that_let_them_ask_works() -> None:
    dana_is_known_by_profile()
    world.interview().plan.follow("let-them-ask", by=world.alex(), at=world.NOW)
    assert (step().verdict, step().until) == ("hold", "their_invitation")
    brought(invited("received"))
    assert facts()["invited_me"] == "professional"
    assert situation_of(world.interviewer(), LATER).happened["their_invitation"] == SENT
    assert (step("answer").verdict, step().verdict) == ("do", "avoid")


def test_invitations_sent_outside_of_rapport_are_found_with_the_people() -> None:
    brought(
        invited(name="Ana Reis", profile=f"{DANA}-ana"),
        invited("received", "Ruth Vega", profile=f"{DANA}-ruth"),
    )
    assert {(one.person.name, one.direction, one.state) for one in Invitation.objects.all()} == {
        ("Ana Reis", "sent", "sent"),
        ("Ruth Vega", "received", "open"),
    }
    assert Person.objects.get(name="Ana Reis").profile == f"{DANA}-ana"


def test_a_second_invitation_closes_the_first_which_must_have_been_withdrawn() -> None:
    brought(invited(sent=SENT - timedelta(days=200)), invited())
    old, new = Invitation.objects.order_by("sent_at")
    assert (old.state, old.answered_at, new.state) == ("withdrawn", SENT, "sent")
    brought(invited(sent=SENT + timedelta(days=30)), at=LATER + timedelta(days=60))
    new.refresh_from_db()
    assert new.state == "withdrawn"


def test_names_without_profiles_are_left_out_and_counted() -> None:
    batch = brought(invited(name="Kim Park", profile=""))
    assert not Person.objects.exists()
    assert "1 invitations name people by name alone" in batch.remarks[0]["says"]


def test_older_eras_know_a_connection_by_name_and_day() -> None:
    bare = {"profile": "", "organisation": "Hooli", "title": "Recruiter", "since": date(2019, 4, 4)}
    brought(connected("Kim Park", **bare))
    batch = brought(connected("Kim Park", **bare | {"title": "Head of Talent", "profile": f"{DANA}-kim"}))
    kim = Person.objects.get()
    assert (kim.title, kim.profile) == ("Head of Talent", f"{DANA}-kim")
    assert batch.tally["updated"] == 1
    assert ("title", "Recruiter", "Head of Talent") in {
        (one.field, one.before, one.after) for one in batch.differences_now
    }
    brought(connected("Kim Park", **bare | {"since": date(2020, 1, 1)}))
    assert Person.objects.count() == 2


def test_another_zone_of_the_member_is_no_other_invitation() -> None:
    brought(invited())
    batch = brought(invited(sent=SENT + timedelta(hours=9)))
    assert not batch.brought_something
    assert Invitation.objects.count() == 1


def test_a_statement_made_later_counts_over_the_archive() -> None:
    dana_is_known_by_profile()
    brought(invited())
    happenings.state_fact(world.person(), "invited", "declined", by=world.alex(), at=LATER)
    assert facts()["invited"] == "declined"


def test_what_the_member_moved_since_stays_when_the_batch_goes() -> None:
    batch = brought(invited(name="Ana Reis"))
    invitation = Invitation.objects.get()
    happenings.invitation_answered(invitation, "accept", by=world.alex(), at=LATER)
    kept = batch.undo(by=world.alex(), at=LATER)
    assert kept == ("Your invitation to Ana Reis stays: you have acted upon it since.",)
    assert Person.objects.filter(name="Ana Reis").exists()


def test_somebody_noted_since_stays_and_the_others_go() -> None:
    batch = brought(connected(), connected("Ana Reis", profile=f"{DANA}-ana"))
    ana = Person.objects.get(name="Ana Reis")
    ana.describe(notes="From the fair.", by=world.alex(), at=LATER)
    kept = batch.undo(by=world.alex(), at=LATER)
    assert kept == ("Ana Reis stays: you have acted upon it since.",)
    assert list(Person.objects.all()) == [ana]


def test_whoever_is_in_a_whole_archive_no_more_is_noticed_once_and_quietly() -> None:
    others = [
        connected(name, profile=f"{DANA}-{number}") for number, name in enumerate(["Ana Reis", "Kim Park"])
    ]
    whole = WholeTable(Place("Connections.csv"))
    brought(connected(), *others, whole)
    before = book()
    batch = brought(*others, whole)
    assert [(one.person, one.field, one.after) for one in batch.differences_now] == [
        ("Dana Lee", "connection", "no longer among them")
    ]
    assert [one.person.name for one in Connection.objects.exclude(ended_at=None)] == ["Dana Lee"]
    says = "Dana Lee is no longer among your connections (Connections.csv)."
    assert Entry.objects.about(Person.objects.get(name="Dana Lee")).get().says == says
    assert "connection.ended" not in NEWS
    assert not brought(*others, whole).brought_something
    assert brought(connected(), *others, whole).tally["updated"] == 1
    assert not Connection.objects.exclude(ended_at=None).exists()
    Batch.objects.first().undo(by=world.alex(), at=LATER)
    batch.undo(by=world.alex(), at=LATER)
    assert book() == before


@pytest.mark.parametrize("why", ["not whole", "something could not be read", "hidden", "far too few"])
def test_nobody_is_missed_in_a_file_that_may_lack_them(why: str) -> None:
    many = 50 if why == "far too few" else 1
    others = [connected(f"Kim Park-{number}", profile=f"{DANA}-{number}") for number in range(many)]
    brought(connected(), *others)
    rest: list[Any] = [others[0], WholeTable(Place("Connections.csv"), hidden=int(why == "hidden"))]
    if why == "not whole":
        rest = rest[:1]
    elif why == "something could not be read":
        rest.append(Problem(Place("Connections.csv", 9), "Torn."))
    batch = brought(*rest)
    assert not batch.brought_something
    assert len(batch.remarks) == (why == "far too few")


NAMES = ("Dana Lee", "Ana Reis", "Kim Park")
DAYS = st.integers(0, 40).map(lambda days: SENT + timedelta(days=days))
connections = st.builds(
    lambda name, with_profile, title, day: connected(
        name, profile=f"{DANA}-{name[:3].lower()}" if with_profile else "", title=title, since=day.date()
    ),
    st.sampled_from(NAMES),
    st.booleans(),
    st.sampled_from(["", "Director"]),
    DAYS,
)
invitations = st.builds(
    lambda direction, name, with_profile, sent: invited(
        direction, name, profile=f"{DANA}-{name[:3].lower()}" if with_profile else "", sent=sent
    ),
    st.sampled_from(["sent", "received"]),
    st.sampled_from(NAMES),
    st.booleans(),
    DAYS,
)
archives = st.lists(st.one_of(connections, invitations), min_size=1, max_size=5)


class TestArchives(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(archives, archives)
    def test_undo_gives_back_what_stood_before(self, first: list[Any], second: list[Any]) -> None:
        brought(*first)
        before = book()
        batch = brought(*second)
        if batch.brought_something:
            assert batch.undo(by=world.alex(), at=LATER) == ()
        assert book() == before

    @settings(max_examples=15, deadline=None)
    @given(archives)
    def test_the_same_archive_again_brings_nothing(self, found: list[Any]) -> None:
        brought(*found)
        before, entries = book(), world.alex().journal.count()
        again = brought(*[replace(one, place=Place("again.csv", 9)) for one in found])
        assert not again.brought_something
        assert book() == before
        assert world.alex().journal.count() == entries
