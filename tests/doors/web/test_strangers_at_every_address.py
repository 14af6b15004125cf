"""Every address that takes an id, by every verb, with the id of another's row: it is as if there were no such row.

The drawn test beside this one finds what nobody thought of; this one leaves no address to luck, so that a view
that forgets `seen_by` fails here.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages

from rapport.accounts.models import Admission
from rapport.correspondence.models import Attachment, Delivery, Mailbox, Received
from rapport.importers.photographs.printed import Printed
from rapport.importers.photographs.proposing import propose
from rapport.intake.models import Batch, Import, Photograph
from rapport.network.models import Invitation
from rapport.people.hearing import hear
from rapport.people.models import (
    DetailsRequest,
    KeptSearch,
    Merge,
    NamedList,
    Source,
    Subscription,
    Sweep,
)
from rapport.rules.card import Card
from rapport.web.settings.export import paths_to_member
from tests import world
from tests.doors.web.book import MARKS, Book, exported, filled
from tests.doors.web.routes import Route, routes
from tests.doors.web.test_nobody_else_sees_anything import BODY, METHODS, rows_of

if TYPE_CHECKING:
    from django.test import Client

    from rapport.accounts.models import Member

WITH_ID = [route for route in routes() if "<int:" in route.template or "<slug:" in route.template]
WITHOUT_ID = [route for route in routes() if not route.parameters]
NOBODYS = 2**62
NEEDS_MORE = (
    "members/",  # a server and its administrator
    "people/<int:pk>/photo",
    "suggestions/<int:pk>/photo",
    "steps/<int:pk>/letter",
    "steps/<int:pk>/envelope",
    "steps/<int:pk>/other-words",
)
"""Addresses that the book of these tests has nothing for; each has tests of its own."""
OTHERS = {"name": "rapport", "number": 0, "token": "no-such-token", "form": "vcard4"}
# The example in the form for pasting is a Dana, too.
ALEXS = (b"The next day, my way", *(mark for mark in MARKS if mark != b"Dana"))


@pytest.fixture
def whole_book(book: Book) -> Book:
    """Give Alex's book with a card that came later, which can be taken back."""
    Mailbox.keep(
        book.member, at=book.now, address="alex@mail.example", username="alex", smtp_host="mail.example"
    )
    note = book.step().note
    Attachment.attach(note, "Initech portfolio.pdf", "application/pdf", b"words", by=book.member, at=book.now)
    Delivery.queue(note, "dana.lee@initech.example", due_at=book.now, by=book.member, at=book.now)
    later = world.card(name="Dana Lee", email="dana.lee@initech.example", phone="+351 210 000 000")
    world.taken_in(later, member=book.member, at=book.now)
    Received.objects.create(
        member=book.member,
        person=book.person(),
        kind="reply",
        message_id="<answer@initech.example>",
        sender="dana.lee@initech.example",
        subject="Re: Platform",
        received_at=book.now,
        noticed_at=book.now,
        followed_at=book.now,
    )
    KeptSearch.keep("Dana and others", "professional", {"q": "dana"}, by=book.member, at=book.now)
    Sweep.tag([book.person().pk], put_on="Initech", by=book.member, at=book.now)
    picture = Photograph.begin(book.member, "Initech card.jpg", b"\xff\xd8\xff", at=book.now)
    picture.was_read(propose((), [Printed("Dana Lee, Initech GmbH")]), at=book.now)
    NamedList.make("Initech people", "professional", by=book.member, at=book.now)
    twin = world.taken_in(
        world.card(name="Dana R. Lee", email="dana@lee.example"), member=book.member, at=book.now
    )
    Merge.join(book.person(), twin.people()[0], by=book.member, at=book.now)
    dana = book.person()
    Subscription.begin(dana, "https://cards.example/dana.vcf", by=book.member, at=book.now)
    hear(Source.of(dana, "answer"), Card.of(name="Dana Lee", title="Chief"), at=book.now)
    DetailsRequest.make(dana, ["title"], by=book.member, at=book.now)
    dana.state("rapport", "strong", by=book.member, at=book.now)
    Invitation.record_sent(book.person(), "professional", by=book.member, at=book.now, words="Paper lasts")
    table = BytesIO(b"First Name,Last Name,Labels\nPlatform,Ortiz,x\n")
    Import.begin(book.member, [("Initech.csv", table)], at=book.now)
    return book


@pytest.fixture
def neighbour(stranger: Member) -> Book:
    """Give the stranger a book of their own, of other people: an empty one would show no list at all."""
    erin = world.dana(name="Erin Walsh", email="erin@hooli.example", title="Director", organisation="Hooli")
    said = {
        "organisation": "Hooli",
        "title": "Interview: Compilers",
        "job_title": "Compiler Engineer",
        "video_url": "",
    }
    book = filled(stranger, uid="compilers@hooli.example", participants=(erin,), **said)
    stranger.own_schools.update(identifier="my-own", name="My own", norms=[])
    return book


def test_what_is_anothers_is_as_if_it_were_not(whole_book, as_stranger):
    before, keys = rows_of(whole_book.member), _keys(whole_book)
    nobodys = {"pk": NOBODYS, "member": NOBODYS, "identifier": "no-such-school"}
    for route in WITH_ID:
        theirs = _theirs(route, whole_book, keys)
        for method in METHODS:
            answer = _ask(as_stranger, method, route.address(theirs | OTHERS))
            if answer == (405, [], []):
                continue  # a verb that no view is behind
            expected = _ask(as_stranger, method, route.address(nobodys | OTHERS))
            assert (route, method, *answer) == (route, method, *expected)
    assert rows_of(whole_book.member) == before


def test_what_is_ones_own_is_there(whole_book, as_alex):
    keys = _keys(whole_book)
    for route in WITH_ID:
        answer = as_alex.get(route.address(_theirs(route, whole_book, keys) | OTHERS))
        there = answer.status_code in {200, 302, 405}  # what is only posted is there, too
        assert there or route.template.startswith(NEEDS_MORE), route


def test_no_page_of_ones_own_holds_anything_of_anothers(whole_book, neighbour, as_stranger):
    for route in WITHOUT_ID:
        for words in ({}, {"q": "a"}):
            answer = as_stranger.get(route.address({}), words, follow=True)
            assert (route, [mark for mark in ALEXS if mark in b"".join(answer)]) == (route, [])


def test_the_export_holds_nothing_of_anothers(whole_book, neighbour, as_stranger):
    held = b"".join(exported(as_stranger).values())
    assert b"Erin Walsh" in held
    assert not [mark for mark in MARKS if mark in held]


def test_deleting_everything_leaves_nothing_of_ones_own_and_all_of_anothers(
    whole_book, neighbour, stranger, as_stranger
):
    Admission.admit("robin.later@mail.example", by=whole_book.member, at=whole_book.now)
    Admission.objects.update(email=stranger.email, accepted_at=whole_book.now)
    before, stranger_pk = rows_of(whole_book.member), stranger.pk
    del before["accounts.Admission"]
    as_stranger.post("/settings/deletion/confirmed", {"word": "delete everything"})
    for kind, path in paths_to_member():
        assert not kind.objects.filter(**{path: stranger_pk}).exists(), kind
    assert not Admission.objects.exists()
    after = rows_of(whole_book.member)
    del after["accounts.Admission"]
    assert after == before


def _theirs(route: Route, book: Book, keys: dict[str, int]) -> dict[str, object]:
    """What an address says when it is about Alex's."""
    key = keys[route.template.partition("/")[0]] if "<int:pk>" in route.template else None
    return {"pk": key, "member": book.member.pk, "identifier": "my-next-day"}


def _keys(book: Book) -> dict[str, int]:
    """The keys of Alex's rows, by the words that addresses begin with."""
    return {
        "batches": Batch.objects.filter(member=book.member).latest("pk").pk,
        "imports": book.member.imports.get().pk,
        "photographs": Photograph.objects.get(member=book.member).pk,
        "interviews": book.interview.pk,
        "interviewers": book.interviewer().pk,
        "steps": book.step().pk,
        "notes": book.step().note_id,
        "invitations": Invitation.objects.filter(member=book.member).latest("pk").pk,
        "people": book.person().pk,
        "kept-searches": book.member.kept_searches.get().pk,
        "sweeps": book.member.sweeps.get().pk,
        "named-lists": book.member.named_lists.get().pk,
        "deliveries": book.step().note.deliveries.get().pk,
        "attachments": book.step().note.attachments.get().pk,
        "mails": Received.objects.get(member=book.member).pk,
        "merges": Merge.objects.get(member=book.member).pk,
        "suggestions": book.person().suggestions.get().pk,
        "sources": book.person().sources.get(kind="answer").pk,
        "subscriptions": Subscription.objects.get().pk,
        "details-requests": book.person().details_requests.get().pk,
        "journal": book.member.journal.get(verb="person.fact_stated").pk,
        "revisions": book.person().revisions.latest("pk").pk,
        "applications": book.application.pk,
        "settings": book.member.addresses.get().pk,
    }


def _ask(client: Client, method: str, address: str) -> tuple[int, list[bytes], list[str]]:
    """The status, what the page shows of Alex's, and the sentences said afterwards."""
    body: Any = BODY if method in {"get", "head", "post"} else None
    answer = getattr(client, method)(address, body) if body else getattr(client, method)(address)
    page = b"".join(answer)
    said = [
        str(message).replace("my-next-day", "no-such-school") for message in get_messages(answer.wsgi_request)
    ]
    return (
        answer.status_code,
        [mark for mark in ALEXS if mark in page],
        said[-1:] if answer.status_code == 302 else [],
    )
