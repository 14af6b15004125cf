"""No stranger's request, of any verb and any id, shows or changes anything of another member."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from rapport.notifications.models import Silence
from rapport.people.models import LeftAlone
from rapport.web.settings.export import paths_to_member
from tests.doors.web.book import MARKS
from tests.doors.web.routes import routes

if TYPE_CHECKING:
    from django.test import Client

    from rapport.accounts.models import Member

WITH_ID = [route for route in routes() if route.parameters]
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
_OPEN_TO_ALL = ("sign-in", "admission/", "new-password/", "feeds/", "no-mail/", "cards/", "details/")
BODY = {
    "verdict": "do",
    "confirmed": "yes",
    "text": "Words of somebody else.",
    "subject": "Mine now",
    "value": "yes",
    "channel": "email",
    "standing": "rejected",
    "until": "2031-01-01",
    "topics": "gossip",
    "role": "peer",
    "name": "Somebody Else",
    "reply_by": "2031-01-01",
    "job_title": "Mine",
    "organisation": "Mine",
    "title": "Mine",
    "starts": "2031-01-01T10:00",
    "ends": "2031-01-01T11:00",
    "time_zone": "UTC",
    "kind": "phone",
    "next": "/",
}


def rows_of(member: Member) -> dict[str, list[dict[str, Any]]]:
    """Every row that is the member's, as it stands in the database."""
    with connection.cursor() as cursor:
        return {label: _rows(cursor, sql, member) for label, sql in _statements().items()}


@cache
def _statements() -> dict[str, str]:
    """Give what reads each kind of row of one member: compiled once, read hundreds of times."""
    query_sets = {
        kind._meta.label: kind.objects.filter(**{path: 0}).order_by("pk").values()
        for kind, path in paths_to_member()
    }
    return {label: query_set.query.sql_with_params()[0] for label, query_set in query_sets.items()}


def _rows(cursor: Any, sql: str, member: Member) -> list[dict[str, Any]]:
    cursor.execute(sql, [member.pk])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def keys_of(member: Member) -> list[int]:
    return sorted({row["id"] for rows in rows_of(member).values() for row in rows if "id" in row})


def test_the_walk_finds_the_addresses_that_take_an_id():
    templates = {route.template for route in WITH_ID}
    assert {"steps/<int:pk>/completion", "people/<int:pk>", "schools/<slug:identifier>"} <= templates
    assert {f"{page}/<int:pk>/edit" for page in ("interviews", "applications")} <= templates
    assert len(templates) > 40


def test_every_kind_of_row_of_a_room_has_a_way_to_its_member():
    rooms = (
        "accounts",
        "journal",
        "people",
        "interviews",
        "correspondence",
        "network",
        "followups",
        "notifications",
        "intake",
    )
    kinds = {kind for room in rooms for kind in apps.get_app_config(room).get_models()}
    # These are nobody's rows: they know no address, and hold for people who are no members.
    assert kinds - {Silence, LeftAlone} == {kind for kind, _ in paths_to_member()}


def test_a_stranger_sees_and_changes_nothing(book, stranger, as_stranger):
    keys, standing = keys_of(book.member), {"now": rows_of(book.member)}

    @settings(max_examples=80, deadline=None)
    @given(drawn=st.data())
    def anything(drawn):
        route = drawn.draw(st.sampled_from(WITH_ID), label="route")
        method = drawn.draw(st.sampled_from(METHODS), label="method")
        values = {
            name: drawn.draw(_value(converter, keys), label=name) for converter, name in route.parameters
        }
        body = BODY if drawn.draw(st.booleans(), label="with a body") else {}
        answer = _ask(as_stranger, method, route.address(values), body)
        assert answer.status_code < 500
        assert not [mark for mark in MARKS if mark in b"".join(answer)]
        before, standing["now"] = standing["now"], rows_of(book.member)
        assert standing["now"] == before

    anything()


@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_signed_out_is_sent_to_the_sign_in_page(book, signed_out, method):
    before = rows_of(book.member)
    key = book.step().pk
    for route in routes():
        if route.template.startswith(_OPEN_TO_ALL):
            continue
        values = {name: "my-next-day" if converter == "slug" else key for converter, name in route.parameters}
        answer = _ask(signed_out, method, route.address(values), BODY)
        assert (route, answer.status_code) == (route, 302)
        assert answer["Location"].startswith("/sign-in")
    assert rows_of(book.member) == before


@pytest.mark.parametrize(
    ("stood_on", "comes_back_to"),
    [
        ("/interviews/7#step-3", "/interviews/7%23step-3"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("", "/"),
    ],
)
def test_whoever_is_signed_out_while_writing_comes_back_to_a_page_and_no_verb(
    book, signed_out, stood_on, comes_back_to
):
    answer = signed_out.post(f"/notes/{book.step().note_id}", {"text": "My words", "next": stood_on})
    assert answer["Location"] == f"/sign-in?next={comes_back_to}"
    assert signed_out.get("/people?q=dana")["Location"] == "/sign-in?next=/people%3Fq%3Ddana"


def _value(converter: str, keys: list[int]) -> st.SearchStrategy[Any]:
    if converter == "int":
        return st.sampled_from(keys) | st.integers(0, 2**62)
    return st.sampled_from(["my-next-day", "considerate", "rapport", "no-such-thing"])


def _ask(client: Client, method: str, address: str, body: dict[str, str]) -> Any:
    return (
        getattr(client, method)(address, body)
        if method in {"get", "head", "post"}
        else getattr(client, method)(address)
    )
