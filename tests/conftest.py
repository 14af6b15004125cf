"""What every test may ask for: members, clients, a server's settings, and mail servers."""

from __future__ import annotations

import gc
import os
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from _pytest import runner
from django.apps import apps
from django.conf import settings as project
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.template.base import Template
from django.test import Client, TransactionTestCase
from django.utils import timezone
from hypothesis import HealthCheck, settings

from rapport.accounts.models import Member
from rapport.gateways.account import tls
from tests import world
from tests.copies import Copy
from tests.doors.web.book import Book, filled
from tests.servers import imap
from tests.servers.certificate import Certificate
from tests.servers.smtp import SmtpServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import DjangoDbBlocker
    from pytest_django.fixtures import SettingsWrapper

settings.register_profile(
    "the same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("anew", max_examples=200, deadline=None, print_blob=True)
settings.load_profile("anew" if os.environ.get("RAPPORT_TEST_ANEW") else "the same")
"""Everybody tries properties on the same examples, whatever the clock says; `make explore` looks for new ones."""


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over all that is loaded: it stays to the end, and a test's own is little."""
    gc.collect()
    gc.freeze()


def _roomy(run: Callable[[], object]) -> object:
    return run()


_roomy.__code__ = _roomy.__code__.replace(co_stacksize=70_000)  # 560 kB, which is given a MiB


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    """Run a test in one wide piece of Python's stack, which holds all that it calls.

    CPython 3.11 takes 16 KiB at a time from the system and gives them back whenever a call returns across the edge
    of two pieces: four hundred times a test, a tenth of what tests of pages cost.
    """
    return _roomy(lambda: runner.pytest_runtest_protocol(item, nextitem))


@pytest.fixture
def now() -> datetime:
    """The morning after the interview."""
    return datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def pages_tell_what_they_show(django_test_environment: None) -> None:
    """Let a client hear of whole pages, `answer.context`, not of each part that a page includes.

    Django's test environment copies the context of every part, which is a tenth of what a page costs.
    """
    telling: Callable[..., str] = Template._render  # noqa: SLF001  what the environment replaced

    def render(self: Template, context: Any) -> str:
        return telling(self, context) if context.template is self else self.nodelist.render(context)

    Template._render = render  # noqa: SLF001


@pytest.fixture(scope="session", autouse=True)
def tables_are_emptied_by_rows(django_test_environment: None) -> None:
    """Let a test whose rows do not go with a transaction delete them.

    Django would make each table anew, and what it knows of models and permissions: half a second on PostgreSQL.
    """
    kept = {ContentType, Permission}

    def empty(_case: TransactionTestCase) -> None:
        tables = [
            kind._meta.db_table for kind in apps.get_models(include_auto_created=True) if kind not in kept
        ]
        deletions = [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables]  # noqa: S608  our own
        with transaction.atomic(), connection.cursor() as cursor:
            for sql in deletions if connection.vendor == "sqlite" else ["; ".join(deletions)]:
                cursor.execute(sql)

    TransactionTestCase._fixture_teardown = empty  # noqa: SLF001  its own way is what costs


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Begin with a copy of the tables that RAPPORT_TEST_TABLES names: a file, or a database of the cluster.

    Without it every process makes its own by all migrations.
    """
    tables, tests = os.environ.get("RAPPORT_TEST_TABLES", ""), connection.settings_dict["TEST"]
    if tables and connection.vendor == "sqlite":
        shutil.copy(tables, tests["NAME"])
    elif tables:
        tests["TEMPLATE"] = tables
    return bool(tables)


def signed_in(member: Member) -> str:
    """Sign a member in; give the key of the session."""
    client = Client()
    client.force_login(member)
    return client.cookies[project.SESSION_COOKIE_NAME].value


def with_session(key: str) -> Client:
    """Give a browser that is signed in already."""
    client = Client()
    client.cookies[project.SESSION_COOKIE_NAME] = key
    return client


@dataclass
class Account:
    """Somebody's account and a session of theirs, to be copied."""

    email: str
    name: str
    key: str = ""
    copy: Copy = field(init=False)

    def __post_init__(self) -> None:
        self.copy = Copy(self._make)

    def _make(self) -> None:
        member = Member.objects.create_user(self.email, "a long enough sentence", name=self.name)
        self.key = signed_in(member)

    def put(self) -> Member:
        """Put it into the database."""
        self.copy.put()
        return Member.objects.get(email=self.email)


@pytest.fixture(scope="session")
def alexs_account(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Account:
    """Alex's account, to be copied."""
    with django_db_blocker.unblock():
        return Account("alex.morgan@mail.example", "Alex Morgan")


@pytest.fixture(scope="session")
def strangers_account(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Account:
    """Another's account, to be copied."""
    with django_db_blocker.unblock():
        return Account("robin.stone@mail.example", "Robin Stone")


@pytest.fixture(scope="session")
def book_made_once(alexs_account: Account, django_db_blocker: DjangoDbBlocker) -> tuple[Copy, datetime]:
    """What `filled` gives Alex, to be copied, and when that was."""
    at = timezone.now()
    with django_db_blocker.unblock():
        return Copy(lambda: filled(Member.objects.get(), at=at), on=alexs_account.copy), at


@pytest.fixture(scope="session")
def interview_made_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let `world.interview` copy what it took in."""
    with django_db_blocker.unblock():
        world.made_once["interview"] = Copy(world.interview)


@pytest.fixture
def alex(alexs_account: Account, db: None) -> Member:
    """The member whose pages a test looks at."""
    return alexs_account.put()


@pytest.fixture
def book(book_made_once: tuple[Copy, datetime], alex: Member) -> Book:
    """Give Alex an interview of yesterday, with its people and plan."""
    made, at = book_made_once
    made.put()
    return Book(alex, at)


@pytest.fixture
def stranger(strangers_account: Account, db: None) -> Member:
    """Another member, who must see nothing of Alex's."""
    return strangers_account.put()


@pytest.fixture
def signed_out() -> Client:
    """A browser without a session."""
    return Client()


@pytest.fixture
def as_alex(alex: Member, alexs_account: Account) -> Client:
    """A browser where Alex is signed in."""
    return with_session(alexs_account.key)


@pytest.fixture
def as_stranger(stranger: Member, strangers_account: Account) -> Client:
    """A browser where somebody else is signed in."""
    return with_session(strangers_account.key)


@pytest.fixture
def server(settings: SettingsWrapper) -> str:
    """Turn the laptop into a server for several members; give the name it answers to."""
    settings.LAPTOP = False
    settings.HOSTS = ["rapport.example"]
    settings.ALLOWED_HOSTS = ["rapport.example", "testserver"]
    return "rapport.example"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """What a server on loopback shows, and what a client has to trust."""
    return Certificate.made(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def trusting(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let our gateways trust the test's certificate, as a machine trusts its own authorities."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
    tls.cache_clear()
    yield
    tls.cache_clear()


@pytest.fixture
def smtp_server(certificate: Certificate) -> Iterator[SmtpServer]:
    """An SMTP server that keeps what it accepts, asks for what it is told to, and misbehaves when told to."""
    with SmtpServer(certificate) as server:
        yield server


@pytest.fixture(scope="session")
def dovecot() -> Iterator[imap.Dovecot]:
    """An IMAP server without mailboxes; a test adds its users, and removes them."""
    with imap.running() as server:
        yield server
