"""Many people at once: tagged, moved between spheres, deleted, and all of it taken back as one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry
from rapport.people.models import CardRevision, Person, Sweep
from rapport.rules.card import Card
from tests import world

pytestmark = pytest.mark.django_db
LATER = world.NOW + timedelta(hours=1)
DERIVED = {
    "people.cardindex",
    "people.tag",
    "people.matchkey",
    "people.proposal",
    "people.sweep",
    "journal.entry",
    "journal.mention",
}


def rows() -> dict[tuple[str, int], dict[str, object]]:
    """Every row of every room, but for what is derived and for what tells of the sweep itself."""
    return {
        (kind._meta.label_lower, row["pk"]): {**row, "recognised": 0, "is_indexed": False}
        for kind in apps.get_models()
        if kind._meta.label_lower not in DERIVED
        for row in kind.objects.annotate().values(
            "pk", *(field.attname for field in kind._meta.concrete_fields)
        )
    }


def make(name: str, **said: str) -> Person:
    return Person.make(world.alex(), Card.of(name=name, **said), source="a book", at=world.NOW)


def test_people_are_deleted_with_all_that_is_theirs_and_put_back_with_all_of_it() -> None:
    dana, sam = world.person(), world.person("Sam Ortiz")
    before, entries = rows(), Entry.objects.count()
    sweep = Sweep.delete_people([dana.pk, sam.pk], by=world.alex(), at=LATER)
    assert str(sweep) == "Deleted Dana Lee, Sam Ortiz."
    assert not Person.objects.filter(pk__in=[dana.pk, sam.pk]).exists()
    assert Person.objects.filter(name="Priya Nair").exists()
    assert Entry.objects.count() == entries + 1
    assert Sweep.objects.get().undo(by=world.alex(), at=LATER) == ""
    assert rows() == before
    assert Entry.objects.count() == entries + 2
    with pytest.raises(NotAllowed, match="taken back already"):
        sweep.undo(by=world.alex(), at=LATER)


def test_deleting_more_people_costs_no_query_for_each_of_their_steps() -> None:
    dana, sam, priya = (world.person(name) for name in ("Dana Lee", "Sam Ortiz", "Priya Nair"))
    steps = apps.get_model("followups", "Step").objects.filter(person=priya).count()
    with CaptureQueriesContext(connection) as of_one:
        Sweep.delete_people([dana.pk], by=world.alex(), at=LATER)
    with CaptureQueriesContext(connection) as of_two:
        Sweep.delete_people([sam.pk, priya.pk], by=world.alex(), at=LATER)
    assert len(of_two) < len(of_one) + steps


def test_what_hung_on_something_that_went_meanwhile_is_told() -> None:
    dana = world.person()
    sweep = Sweep.delete_people([dana.pk], by=world.alex(), at=LATER)
    world.interview().delete()
    assert "could not be put back" in sweep.undo(by=world.alex(), at=LATER)
    assert Person.objects.filter(pk=dana.pk).exists()


def test_deleted_people_are_gone_for_good_after_a_month() -> None:
    sweep = Sweep.delete_people([make("Dana").pk], by=world.alex(), at=world.NOW)
    assert not Sweep.objects.to_forget(world.NOW + timedelta(days=29)).exists()
    for one in Sweep.objects.to_forget(world.NOW + timedelta(days=31)):
        one.forget()
    with pytest.raises(NotAllowed, match="gone for good"):
        sweep.undo(by=world.alex(), at=LATER)


def test_a_tag_is_put_on_many_and_taken_off_again_also_after_other_cards_came() -> None:
    dana, sam, zoe = (make(name) for name in ("Dana", "Sam", "Zoe"))
    Sweep.tag([zoe.pk], put_on="Choir", by=world.alex(), at=world.NOW)
    before = {person.pk: person.card for person in Person.objects.all()}
    entries = Entry.objects.count()
    sweep = Sweep.tag([dana.pk, sam.pk, zoe.pk], put_on="choir", by=world.alex(), at=LATER)
    assert (str(sweep), Entry.objects.count()) == ("Tagged choir: 2 people.", entries + 1)
    assert all(person.current_card.categories in {("choir",), ("Choir",)} for person in Person.objects.all())
    Person.objects.get(pk=sam.pk).absorb(Card.of(name="Sam", title="Tenor"), source="a card", at=LATER)
    sweep.undo(by=world.alex(), at=LATER)
    after = {person.pk: person.card for person in Person.objects.all()}
    assert {key: after[key] for key in (dana.pk, zoe.pk)} == {key: before[key] for key in (dana.pk, zoe.pk)}
    assert (Person.objects.get(pk=sam.pk).title, Person.objects.get(pk=sam.pk).current_card.categories) == (
        "Tenor",
        (),
    )
    assert CardRevision.objects.filter(person=dana, undone_at=None).count() == 1
    Sweep.tag([zoe.pk], take_off="CHOIR", by=world.alex(), at=LATER)
    assert Person.objects.get(pk=zoe.pk).current_card.categories == ()
    for label in ("", " , ", "x" * 201):
        with pytest.raises(NotAllowed, match="A tag is"):
            Sweep.tag([dana.pk], put_on=label, by=world.alex(), at=LATER)


def test_people_are_moved_between_spheres_and_back_with_their_addresses() -> None:
    dana, sam = make("Dana", email="dana@mail.example"), make("Sam")
    sam.describe(spheres=["social"], by=world.alex(), at=world.NOW)
    sweep = Sweep.put_in_sphere([dana.pk, sam.pk], "social", by=world.alex(), at=LATER)
    assert str(sweep) == "Moved to social: one person."
    assert dana.emails.get().sphere == "social"
    sweep.undo(by=world.alex(), at=LATER)
    dana.refresh_from_db()
    assert (dana.is_professional, dana.is_social, dana.emails.get().sphere) == (True, False, "professional")
    assert not Person.objects.get(pk=sam.pk).is_professional


def test_only_ones_own_people_and_not_too_many_are_swept() -> None:
    dana = make("Dana")
    for people, refusal in (
        ([], "Choose somebody"),
        ([dana.pk], "Choose somebody"),
        (range(1001), "1000 people at once"),
    ):
        with pytest.raises(NotAllowed, match=refusal):
            Sweep.delete_people(people, by=world.robin(), at=LATER)
    with pytest.raises(NotAllowed, match="choose one"):
        Sweep.put_in_sphere([dana.pk], "elsewhere", by=world.alex(), at=LATER)
