"""Batches of an earlier version, which kept each new row with its columns, can be taken back as before."""

from importlib import import_module

import pytest
from django.apps import apps

from rapport.intake.models import Change, Made
from rapport.interviews.models import Interview
from rapport.journal.rows import stored
from rapport.people.models import Person
from tests import world


@pytest.mark.django_db
def test_a_batch_that_was_kept_row_by_row_is_taken_back():
    batch = world.taken_in()
    for made in Made.objects.all():
        kind = apps.get_model(made.kind)
        rows = kind.objects.in_bulk([int(key) for key in made.prints])
        Change.objects.bulk_create(
            Change(batch=batch, kind=made.kind, key=key, after=stored(row)) for key, row in rows.items()
        )
        made.delete()
    Person.objects.filter(name="Sam Ortiz").update(notes="Met again.")
    import_module("rapport.intake.migrations.0003_what_batches_made").gather(apps, None)
    assert batch.undo(by=world.alex(), at=world.NOW) == ("Sam Ortiz stays: you have acted upon it since.",)
    assert not Interview.objects.exists()
    assert [person.name for person in Person.objects.all()] == ["Sam Ortiz"]
