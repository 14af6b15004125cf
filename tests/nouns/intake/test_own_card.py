"""Profile and positions of the archive fill the member's own card: told beforehand, shown to nobody, taken back."""

import json

import pytest

from rapport.accounts.models import Member
from rapport.importers.findings import OwnJob, OwnProfile, Place
from rapport.intake.models import Batch
from rapport.people.models import CardRound, Person
from rapport.people.showing import keep_own_card
from rapport.rules.audience import PROFESSIONAL, audiences_in, items_of, showing
from rapport.rules.card import Card, PartialDate
from rapport.rules.card.jobs import JOBS, Job
from tests import world

pytestmark = pytest.mark.django_db

FILE = "Positions.csv"
DIRECTOR = OwnJob(Place(FILE, 2), Job("Globex", "Director", PartialDate(2026, 1)))
ENGINEER = OwnJob(
    Place(FILE, 3),
    Job("Globex", "Platform Engineer", PartialDate(2021, 1), PartialDate(2026, 1), is_former=True),
)
PROFILE = OwnProfile(
    Place("Profile.csv", 2), "Builds platforms", PartialDate(0, 2, 8), ("https://alex.example/",)
)


def brought(*found: object) -> Batch:
    return world.taken_in(*found)


def career() -> list[str]:
    return list(map(str, JOBS.of(Member.objects.get(pk=world.alex().pk).own_card)))


def test_an_archive_tells_what_it_puts_on_the_card_and_where_that_stands():
    keep_own_card(world.alex(), Card.of(name="Alex Morgan", title="Platform Engineer"), at=world.NOW)
    batch = brought(DIRECTOR, ENGINEER, PROFILE)
    assert career() == ["Director, Globex (2026-01 to now)", "Platform Engineer, Globex (2021-01 to 2026-01)"]
    assert batch.title == "Brought your own card up to date"
    assert [(one.field, one.before, one.after, one.source, one.line) for one in batch.differences_now] == [
        ("title", "Platform Engineer", "Director", FILE, 2),
        ("organisation", "", "Globex", FILE, 2),
        ("former jobs", "Platform Engineer", "Platform Engineer, Globex (2021-01 to 2026-01)", FILE, 3),
        ("birthday", "", "--02-08", "Profile.csv", 2),
        ("urls", "", "https://alex.example/", "Profile.csv", 2),
    ]
    assert not audiences_in(world.alex().own_card)
    assert not CardRound.objects.exists()
    again = brought(DIRECTOR, ENGINEER, PROFILE)
    assert (again.pk, again.title) == (None, "Nothing new: all of this is in the book already.")


def test_it_is_taken_back_with_its_batch_and_nothing_else_of_the_member_is_kept_for_that():
    batch = brought(DIRECTOR, PROFILE)
    (change,) = batch.changes.all()
    assert (list(change.before), list(change.after)) == (["card"], ["card"])
    assert world.alex().password not in json.dumps([change.before, change.after])
    Member.objects.update(name="Alex M.", password="another")
    assert batch.undo(by=world.alex(), at=world.NOW) == ()
    alex = world.alex()
    assert (alex.card, alex.name, alex.password) == ("", "Alex M.", "another")


def test_a_card_changed_since_stays():
    batch = brought(DIRECTOR)
    keep_own_card(world.alex(), Card.of(name="Alex Morgan", title="Chair"), at=world.NOW)
    assert batch.undo(by=world.alex(), at=world.NOW) == (
        "Your own card stays as it is: you have changed it since.",
    )
    assert career() == ["Chair"]


def test_what_is_shown_stays_shown_and_what_comes_in_is_private():
    alex = world.alex()
    card = JOBS.edited(Card.of(name="Alex Morgan"), [Job("Hooli", "Adviser")])
    keep_own_card(alex, showing(card, [{PROFESSIONAL}]), at=world.NOW)
    brought(DIRECTOR, ENGINEER)
    shown = {item.says: item.audiences for item in items_of(world.alex().own_card)}
    assert shown == {
        "Adviser, Hooli": {PROFESSIONAL},
        "Director, Globex (2026-01 to now)": frozenset(),
        "Platform Engineer, Globex (2021-01 to 2026-01)": frozenset(),
    }
    assert CardRound.objects.filter(member=alex).exists()


def test_a_headline_is_the_title_only_of_a_card_without_one():
    brought(PROFILE)
    assert career() == ["Builds platforms"]
    brought(DIRECTOR)
    assert career()[0] == "Director, Globex (2026-01 to now)"


def test_the_members_own_card_among_others_is_set_aside_whatever_it_calls_them() -> None:
    found = [world.card(name=name, email="alex.morgan@mail.example") for name in ("Alex Morgan", "Me")]
    batch = world.taken_in(*found, world.card(name="Ana Reis", email="ana@initech.example"))
    assert [person.name for person in Person.objects.all()] == ["Ana Reis"]
    assert [(aside["title"], aside["why"]) for aside in batch.set_aside] == [
        ("Alex Morgan", "This is your own card."),
        ("Me", "This is your own card."),
    ]


def test_somebody_else_who_shares_the_members_mailbox_is_not_the_member() -> None:
    batch = world.taken_in(world.card(name="Kim Berg", email="alex.morgan@mail.example"))
    assert [person.name for person in Person.objects.all()] == ["Kim Berg"]
    assert not batch.set_aside


@pytest.mark.parametrize(
    ("before", "names", "after"),
    [
        ("", ["Alex Morgan", "Morgan Alex"], ""),
        ("", ["Alex Morgan", "", "ALEX MORGAN"], "Alex Morgan"),
        ("", ["Alex"], ""),
        ("Sandy Morgan", ["Alex Morgan"], "Sandy Morgan"),
    ],
)
def test_a_member_without_a_name_is_called_what_all_invitations_call_them(before, names, after) -> None:
    Member.objects.filter(pk=world.alex().pk).update(name=before)
    called = {"me": "alex.morgan@mail.example"}
    world.taken_in(
        *(world.meeting(uid=str(place), my_name=name, **called) for place, name in enumerate(names))
    )
    assert world.alex().name == after


def test_nobody_is_called_what_a_guessed_address_is_called() -> None:
    Member.objects.filter(pk=world.alex().pk).update(name="")
    world.taken_in(world.meeting(me="kim.berg@mail.example", my_name="Kim Berg"))
    assert world.alex().name == ""
