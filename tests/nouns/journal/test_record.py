"""Everything that happens is written once and seen by its owner only."""

import pytest

from rapport.journal.errors import NotAllowed
from rapport.journal.models import Entry, record
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
