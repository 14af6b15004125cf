"""*Today* and *Interview*: how long the answer takes, and how many queries, at two sizes of the same page."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from http import HTTPStatus

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse
from django.utils import timezone

import rapport.config.wsgi  # noqa: F401  begins as a server does: what is loaded is not looked through for garbage
from bench.book import filled, new_book
from bench.figure import Figure, Spent, middle, milliseconds
from bench.invitations import invitations
from rapport.accounts.models import Member
from rapport.followups.models import Plan, Step

_TIMES = 80
_BOOKS = (12, 60, 600)
"""How many interviews give about two hundred open steps, a thousand, and ten thousand."""


def _bare(_request: HttpRequest) -> HttpResponse:
    """Answer with nothing: what remains is Django, the session and our middleware."""
    return HttpResponse("")


urlpatterns = [path("bare", _bare), path("", include("rapport.config.urls"))]


def figures() -> Iterator[Figure]:
    """Ask for the pages through the whole of Django but the socket, SQLite in a file, the member signed in."""
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"]):
        for count in _BOOKS:
            yield from _today(new_book(f"of{count}@mail.example"), count)
        for panel in (2, 10):
            yield from _interview(new_book(f"with{panel}@mail.example"), panel)


def _today(member: Member, count: int) -> Iterator[Figure]:
    now = timezone.now()
    filled(member, invitations(count, now=now), at=now)
    to_do = Step.objects.seen_by(member).to_do_now(now).count()
    waiting = Step.objects.seen_by(member).waiting(now).count()
    yield _answers(
        f"Today, {to_do + waiting:,} open steps ({to_do:,} to do)", member, "/", with_target=count == 60
    )
    Plan.objects.seen_by(member).update(refresh_due_at=now)
    began, used = time.perf_counter(), time.process_time()
    _signed_in(member).get("/")
    yield Figure("  its first answer of a day, advice brought up to date", _took(began, used))


def _interview(member: Member, panel: int) -> Iterator[Figure]:
    now = timezone.now()
    (interview,) = filled(member, invitations(1, now=now, panel=panel), at=now).interviews()
    yield _answers(
        f"Interview, a panel of {interview.interviewers.count()}",
        member,
        reverse("interview", args=[interview.pk]),
        with_target=panel == 10,
    )


def _answers(name: str, member: Member, address: str, *, with_target: bool) -> Figure:
    """Give p50 and p95 of a page beside an empty one asked for in turn, and its queries, counted apart."""
    client = _signed_in(member)
    for warming in (address, "/bare"):
        client.get(warming)
    pairs = [(_spent(client, address), _spent(client, "/bare")) for _ in range(_TIMES)]
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    ours, peer = [one for one, _ in pairs], [one for _, one in pairs]
    return Figure(
        name,
        f"{_both(ours)}, {len(queries)} queries",
        "p95 under 100 ms" if with_target else "",
        f"{middle(ours).cpu / middle(peer).cpu:.0f} times the CPU of an empty page: {_both(peer)}",
    )


def _both(runs: Sequence[Spent]) -> str:
    """Give p50 / p95 by the clock on the wall, and of the processor."""
    return f"{milliseconds([run.wall for run in runs])} ({milliseconds([run.cpu for run in runs])} CPU)"


def _spent(client: Client, address: str) -> Spent:
    began, used = time.perf_counter(), time.process_time()
    answer = client.get(address)
    spent = Spent(time.perf_counter() - began, time.process_time() - used)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{address} answered {answer.status_code}.")
    return spent


def _signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def _took(began: float, used: float) -> str:
    return f"{time.perf_counter() - began:.2f} s ({time.process_time() - used:.2f} s CPU)"
