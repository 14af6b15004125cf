"""The migrations say what the models say, and a database that went other steps to them comes to the same end."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from rapport.cli.database import unapplied_migrations

pytestmark = pytest.mark.django_db


def test_no_model_has_changed_without_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_database_that_went_the_steps_before_goes_on_from_where_it_stopped():
    loader = MigrationLoader(connection, replace_migrations=False)
    recorder = MigrationRecorder(connection)  # what it notes is rolled back after the test
    at_once = {key: step for key, step in loader.disk_migrations.items() if step.replaces}
    assert at_once
    for key, step in at_once.items():
        recorder.record_unapplied(*key)
        assert unapplied_migrations() == []
        missing = [later for later in loader.graph.backwards_plan(step.replaces[-1]) if later not in at_once]
        for later in missing:
            recorder.record_unapplied(*later)
        MigrationLoader(connection).check_consistent_history(connection)
        assert sorted(unapplied_migrations()) == sorted(map(".".join, missing))
        for later in missing:
            recorder.record_applied(*later)
