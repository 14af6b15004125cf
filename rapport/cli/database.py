"""The database of a command: its folder made, its tables up to date, or a sentence that says why not."""

from __future__ import annotations

from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.core.files import locks
from django.core.management import call_command
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from rapport.cli.unusable import DatabaseUnusable


def prepare_database() -> None:
    """Make RAPPORT_HOME if it is missing and migrate if there is something to migrate.

    Two commands that start at once on a new folder wait for each other. Raises DatabaseUnusable.
    """
    try:
        settings.HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (settings.HOME / "migrating.lock").open("w") as lock:
            locks.lock(lock, locks.LOCK_EX)
            if unapplied_migrations():
                call_command("migrate", verbosity=0, interactive=False)
    except OSError as error:
        raise DatabaseUnusable(
            f"Cannot write in {settings.HOME} ({error.strerror}). Set RAPPORT_HOME to a folder of your own."
        ) from error
    except Error as error:
        raise DatabaseUnusable(f"{_whereabouts()} cannot be used: {str(error).strip()}") from error


def scratch_database() -> None:
    """Let a command that saves nothing work: with the database there is, or with an empty one in memory.

    Tables in memory are made straight from the models, which takes a fraction of the migrations' time. A
    database of an earlier version is brought up to date first, as any other command does. Raises
    DatabaseUnusable.
    """
    if connection.vendor != "sqlite" or Path(connection.settings_dict["NAME"]).exists():
        prepare_database()
        return
    connection.settings_dict["NAME"] = ":memory:"
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model.__module__.startswith("rapport."):
                editor.create_model(model)
        # A handful of rows is found without an index; what must be unique stays so.
        editor.deferred_sql = [made for made in editor.deferred_sql if "UNIQUE" in str(made)]


def unapplied_migrations() -> list[str]:
    """Name the migrations that this version of Rapport has and the database has not.

    Nearly always it has them all, which their files' names tell; to load them is a twelfth of a cold start.
    """
    if _migrations_by_name() <= MigrationRecorder(connection).applied_migrations().keys():
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _migrations_by_name() -> set[tuple[str, str]]:
    """Give (room, name) of each migration there is a file for."""
    return {
        (app.label, found.name)
        for app in apps.get_app_configs()
        for found in iter_modules([str(Path(app.path) / "migrations")])
    }


def _whereabouts() -> str:
    """Name the database without the password that its address may hold."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"The database {known['NAME']}"
    return f"The database {known['NAME']} at {known['HOST'] or 'the local socket'} (RAPPORT_DATABASE_URL)"
