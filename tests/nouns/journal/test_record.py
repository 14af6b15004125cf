"""Everything that happens is written once and seen by its owner only."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record, written_together
from rapport.people.models import Person
from tests import world

pytestmark = pytest.mark.django_db


def test_an_entry_is_found_by_what_it_is_about_and_by_its_owner_only() -> None:
    dana = world.person()
    entry = record(world.alex(), "person.called", "You called Dana Lee.", dana, at=world.NOW)
    assert entry in Entry.objects.seen_by(world.alex()).about(dana)
    assert not Entry.objects.seen_by(world.robin()).exists()
    assert entry not in Entry.objects.seen_by(world.alex()).about(world.interview())


def test_nobody_records_anything_about_what_is_another_members() -> None:
    dana = world.person()
    with pytest.raises(NotAllowed, match="another member's book"):
        record(world.robin(), "person.called", "You called Dana Lee.", dana, at=world.NOW)
    assert not Entry.objects.seen_by(world.robin()).exists()


def test_what_the_journal_says_is_not_changed_afterwards() -> None:
    entry = record(world.alex(), "hello", "Hello.", at=world.NOW)
    entry.says = "Goodbye."
    with pytest.raises(NotAllowed, match="not changed afterwards"):
        entry.save()
    assert Entry.objects.get(pk=entry.pk).says == "Hello."


def test_what_many_verbs_record_is_written_together_in_its_order_with_what_it_is_about() -> None:
    dana, alex = world.person(), world.alex()
    before = Entry.objects.count()
    with CaptureQueriesContext(connection) as queries, written_together():
        for number in range(20):
            record(alex, "person.called", f"Call {number}.", dana, at=world.NOW)
        with written_together():
            record(alex, "person.called", "Call 20.", dana, at=world.NOW)
        assert Entry.objects.count() == before
    assert sum("INSERT" in query["sql"] for query in queries) < 6
    said = Entry.objects.seen_by(alex).about(dana).filter(verb="person.called").order_by("pk")
    assert [entry.says for entry in said] == [f"Call {number}." for number in range(21)]


def test_of_a_block_that_fails_nothing_is_written_and_the_next_entry_is_written_at_once() -> None:
    dana, alex = world.person(), world.alex()
    before = Entry.objects.count()
    with pytest.raises(NotAllowed, match="another member's book"):
        call_for_both(dana)
    assert Entry.objects.count() == before
    record(alex, "person.called", "You called Dana Lee.", dana, at=world.NOW)
    assert Entry.objects.count() == before + 1


def call_for_both(dana: Person) -> None:
    with written_together():
        record(world.alex(), "person.called", "You called Dana Lee.", dana, at=world.NOW)
        record(world.robin(), "person.called", "You called Dana Lee.", dana, at=world.NOW)
