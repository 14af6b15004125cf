"""The migrations say what the models say, and a database that went other steps to them comes to the same end."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from rapport.cli.database import unapplied_migrations

pytestmark = pytest.mark.django_db


def test_no_model_has_changed_without_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_database_that_went_the_steps_before_goes_on_from_where_it_stopped():
    executor = MigrationExecutor(connection)  # what it notes as gone is rolled back after the test
    at_once = {key: step for key, step in executor.loader.disk_migrations.items() if step.replaces}
    assert at_once
    for key, step in at_once.items():
        executor.recorder.record_unapplied(*key)
        assert unapplied_migrations() == []
        executor.recorder.record_unapplied(*step.replaces[-1])
        stopped = MigrationExecutor(connection)
        stopped.loader.check_consistent_history(connection)
        assert unapplied_migrations() == [".".join(step.replaces[-1])]
        executor.recorder.record_applied(*step.replaces[-1])
