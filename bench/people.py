"""A book of 100,000 people: every page of them, and search, as the book grows out of anybody's head."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from itertools import islice

from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

import rapport.config.wsgi  # noqa: F401  begins as a server does: what is loaded is not looked through for garbage
from bench.book import database, new_book
from bench.figure import Figure, milliseconds, p95, peak_megabytes
from rapport.accounts.models import Member
from rapport.people.models import CardIndex, Organisation, Person
from rapport.rules.card import Card, Editing
from tests.doors.web.routes import routes

COUNT = 100_000
_TIMES = 12
_BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
_ONSETS, _VOWELS, _CODAS = (
    ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "br", "st", "tr", "sch"],
    ["a", "e", "i", "o", "u", "ei"],
    ["", "n", "r", "s", "l", "m", "nd"],
)
_TITLES = (
    "Staff Engineer",
    "Director of Sales",
    "Recruiter",
    "Head of Product",
    "Nurse",
    "Translator",
    "Professor",
)
_TAGS = ("choir", "alumni", "conference 2024", "neighbours", "customers", "press")
_QUESTIONS = (
    "d",
    "da",
    "dan",
    "dana",
    "dana le",
    "director",
    "engineer acme",
    "@mail.example",
    "+351 21",
    "0301234",
    "choir",
    "zzzz",
    "Danna",
    "schtei bran",
)


def figures() -> Iterator[Figure]:
    """Fill the book in bulk, then ask for each page again and again through the whole of Django but the socket."""
    member = new_book("of100000@mail.example")
    yield database()
    began = time.perf_counter()
    _fill(member)
    yield Figure(f"a book of {COUNT:,} people, written in bulk", f"{time.perf_counter() - began:.1f} s")
    began = time.perf_counter()
    CardIndex.catch_up(member, at_most=COUNT)
    yield Figure("  its cards read for search, all of them", f"{time.perf_counter() - began:.1f} s")
    with connection.cursor() as cursor:
        # As the worker does after many cards, and PostgreSQL by itself within a minute.
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM (ANALYZE)")
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client()
        client.force_login(member)
        yield from _pages(client, member)
        yield from _others(client)
        yield from _searches(client)
    yield Figure("  peak memory of the whole", f"{peak_megabytes():.0f} MiB")


def _pages(client: Client, member: Member) -> Iterator[Figure]:
    somebody = Person.objects.seen_by(member)[COUNT // 2]
    organisation = Organisation.objects.seen_by(member).first()
    addresses = {
        "People, the first page": "/people",
        "  the last page": "/people?page=9999999",
        "  of business": "/people?sphere=professional",
        "  with a tag": "/people?tag=choir",
        "  of an organisation": f"/people?organisation={organisation.name if organisation else ''}",
        "  met in a month": "/people?met_from=2022-03-01&met_until=2022-03-31",
        "  not spoken since a year": "/people?silent=12",
        "  a search with filters": "/people?q=dan&tag=choir&sphere=professional",
        "A person": f"/people/{somebody.pk}",
        "  its form": f"/people/{somebody.pk}/edit",
    }
    for name, address in addresses.items():
        times, queries = _asked(client, [address] * _TIMES)
        yield Figure(name, f"{times}, {queries} queries", "p95 under 150 ms")


def _others(client: Client) -> Iterator[Figure]:
    """Ask for every other page that takes no id; the slowest are given by name."""
    client.get("/")  # what a day does once
    found = {}
    for address in (route.address({}) for route in routes() if not route.parameters):
        answer = client.get(address)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if answer.status_code == HTTPStatus.OK and is_page and address != "/people":
            found[address] = _times(client, [address] * _TIMES)
    slowest = sorted(found, key=lambda address: p95(found[address][0]), reverse=True)
    for address in slowest[:5]:
        walls, processor, queries = found[address]
        says = f"{milliseconds(walls)} ({milliseconds(processor)} CPU), {queries} queries"
        yield Figure(f"  of {len(found)} others, the slowest: {address}", says, "p95 under 150 ms")


def _searches(client: Client) -> Iterator[Figure]:
    for question in _QUESTIONS:
        times, queries = _asked(client, [f"/people?q={question.replace('+', '%2B')}"] * _TIMES)
        yield Figure(f"  looking for “{question}”", f"{times}, {queries} queries", "p95 under 100 ms")


def _asked(client: Client, addresses: Sequence[str]) -> tuple[str, int]:
    """Give p50 / p95 by the clock on the wall and of the processor, and the number of queries."""
    walls, processor, queries = _times(client, addresses)
    return f"{milliseconds(walls)} ({milliseconds(processor)} CPU)", queries


def _times(client: Client, addresses: Sequence[str]) -> tuple[list[float], list[float], int]:
    """Give the seconds of each asking, by the clock and of the processor, and the number of queries."""
    walls: list[float] = []
    processor: list[float] = []
    client.get(addresses[0])
    for address in addresses:
        began, used = time.perf_counter(), time.process_time()
        answer = client.get(address)
        walls.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
        if answer.status_code != HTTPStatus.OK:
            raise SystemExit(f"{address} answered {answer.status_code}.")
    with CaptureQueriesContext(connection) as queries:
        client.get(addresses[0])
    return walls, processor, len(queries)


def _fill(member: Member) -> None:
    chance = random.Random(4)
    places: dict[str, Organisation] = {}
    Organisation.named_all(
        member, (f"{_name(chance)} {kind}" for kind in ("Ltd", "AG", "SA") for _ in range(2000)), places
    )
    known = [*places.values(), Organisation.make(member, "Acme")]
    cards = ((_card(chance, place), place) for place in (chance.choice(known) for _ in range(COUNT)))
    with transaction.atomic():
        while some := list(islice(cards, 1000)):
            people = Person.make_all(member, some, source="a book", at=_BEGAN, met="event")
            said = [_beside(chance, person.pk) for person in people]
            with connection.cursor() as cursor:
                cursor.executemany(
                    "UPDATE people_person SET created_at = %s, last_contact_at = %s, is_social = %s WHERE id = %s",
                    said,
                )


def _beside(chance: random.Random, key: int) -> tuple[object, ...]:
    met = _BEGAN + timedelta(days=chance.randrange(2000))
    spoken = met + timedelta(days=chance.randrange(300)) if chance.random() < 0.3 else None
    adapted = (connection.ops.adapt_datetimefield_value(at) for at in (met, spoken))
    return (*adapted, chance.random() < 0.2, key)


def _card(chance: random.Random, place: Organisation) -> Card:
    given, family = _name(chance), _name(chance)
    card = Card.of(
        name=f"{given} {family}",
        given=given,
        family=family,
        email=f"{given}.{family}{chance.randrange(1000)}@mail.example".lower(),
        phone=f"+351 21{chance.randrange(10_000_000):07}",
        title=chance.choice(_TITLES),
        organisation=place.name,
        note="We met at the fair and talked about boats, bridges and the weather in the north.",
    )
    editing = Editing(card)
    if chance.random() < 0.3:
        editing.add("CATEGORIES", [chance.choice(_TAGS)])
        editing.add(
            "BDAY", f"19{chance.randrange(40, 99)}{chance.randrange(1, 13):02}{chance.randrange(1, 28):02}"
        )
    return editing.card


def _name(chance: random.Random) -> str:
    syllables = (chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS) for _ in range(2))
    return "".join(syllables).capitalize()
