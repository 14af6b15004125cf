"""*Duplicates*: who may be in the book twice, the same or not the same, each of it taken back; nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rapport.accounts.models import Member
from rapport.people.models import Merge, Person, ToldApart
from rapport.rules.card import Card
from tests import world

pytestmark = pytest.mark.django_db


def make(member: Member, name: str = "Dana Leeuwarden", **said: Any) -> Person:
    return Person.make(member, Card.of(name=name, **said), source="book.vcf", at=world.NOW)


@pytest.fixture
def twice(alex: Member) -> tuple[Person, Person]:
    """The same telephone on two cards of Alex's book."""
    phone = "+351 912 345 678"
    return make(alex, phone=phone, title="VP"), make(alex, phone=phone, title="CTO", email="d@lee.example")


def page(client: Any) -> str:
    return str(client.get(reverse("duplicates")).content.decode())


def said(answer: Any) -> str:
    return str([*get_messages(answer.wsgi_request)][-1])


def undone(client: Any, answer: Any) -> str:
    """Press the button that the sentence after a verb comes with."""
    return said(client.post([*get_messages(answer.wsgi_request)][-1].extra_tags))


def test_a_book_without_doubles_is_quiet(as_alex: Any, alex: Member) -> None:
    make(alex)
    assert "Nobody is in your book twice" in page(as_alex)
    assert "perhaps twice" not in as_alex.get(reverse("people")).content.decode()


def test_the_same_and_back_again(as_alex: Any, twice: tuple[Person, Person]) -> None:
    one, other = twice
    shown = page(as_alex)
    assert "The same telephone number, ending in 5678." in shown
    assert f'name="show-title" value="{one.pk}" checked' in shown
    assert "1 perhaps twice" in as_alex.get(reverse("people")).content.decode()
    choice = {"other": other.pk, "show-title": other.pk}
    answer = as_alex.post(reverse("merges", args=[one.pk]), choice)
    assert said(answer) == "Merged: Dana Leeuwarden stands for both."
    assert Person.objects.get(pk=one.pk).title == "CTO"
    assert "Nobody is in your book twice" in page(as_alex)
    old = as_alex.get(reverse("person", args=[other.pk]))
    assert (old.status_code, old.url) == (302, reverse("person", args=[one.pk]))
    timeline = as_alex.get(old.url).content.decode()
    assert "Merged Dana Leeuwarden, CTO into Dana Leeuwarden, VP." in timeline
    assert reverse("entry-undo", args=[one.member.journal.get(verb="person.merged").pk]) in timeline
    assert undone(as_alex, answer) == "Taken back: Dana Leeuwarden stands for themselves again."
    assert as_alex.get(reverse("person", args=[other.pk])).status_code == 200
    assert "The same telephone number" in page(as_alex)


def test_three_are_merged_and_taken_back_at_once_or_one_by_one(
    as_alex: Any, alex: Member, twice: tuple[Person, Person]
) -> None:
    one, other = twice
    third = make(alex, phone="912 345 678", organisation="Acme")
    answer = as_alex.post(reverse("merges", args=[one.pk]), {"other": [other.pk, third.pk]})
    assert said(answer) == "Merged: Dana Leeuwarden stands for all of them."
    undone(as_alex, answer)
    assert Person.objects.seen_by(alex).count() == 3
    as_alex.post(reverse("merges", args=[one.pk]), {"other": [other.pk, third.pk]})
    as_alex.post(reverse("merge-undo", args=[Merge.objects.standing().get(other=other).pk]))
    assert [person.pk for person in Person.objects.seen_by(alex).order_by("pk")] == [one.pk, other.pk]


def test_a_merge_of_long_ago_is_still_taken_back_from_the_page(
    as_alex: Any, twice: tuple[Person, Person]
) -> None:
    one, other = twice
    merge = Merge.join(one, other, by=one.member, at=world.NOW)
    for number in range(41):
        one.describe(notes=f"Note {number}", by=one.member, at=world.NOW + timedelta(days=number))
    shown = as_alex.get(reverse("person", args=[one.pk])).content.decode()
    assert "Merged Dana" not in shown
    assert shown.count(reverse("merge-undo", args=[merge.pk])) == 1


def test_not_the_same_is_remembered_and_taken_back(as_alex: Any, twice: tuple[Person, Person]) -> None:
    one, other = twice
    page(as_alex)
    answer = as_alex.post(reverse("told-apart", args=[one.pk]), {"other": other.pk})
    assert said(answer) == "Remembered: not the same person."
    assert "Nobody is in your book twice" in (shown := page(as_alex))
    assert "1 you told apart" in shown
    refused = as_alex.post(reverse("merges", args=[one.pk]), {"other": other.pk})
    assert said(refused).endswith("are two people. Take that back first.")
    undone(as_alex, answer)
    assert "The same telephone number" in page(as_alex)
    as_alex.post(reverse("told-apart", args=[one.pk]), {"other": other.pk})
    as_alex.post(reverse("told-apart-undo", args=[other.pk]), {"other": one.pk})
    assert not ToldApart.objects.exists()


def test_the_page_asks_no_more_for_ten_groups_than_for_one(
    as_alex: Any, alex: Member, twice: tuple[Person, Person]
) -> None:
    page(as_alex)
    with CaptureQueriesContext(connection) as one:
        page(as_alex)
    for number in range(9):
        for title in ("VP", "CTO"):
            make(alex, f"Kim Rastelli{chr(97 + number) * 3}", phone=f"+351 91234000{number}", title=title)
    assert page(as_alex).count('class="section double"') == 10
    with CaptureQueriesContext(connection) as ten:
        page(as_alex)
    assert len(ten) == len(one) < 25


def test_a_form_that_names_nobody_is_refused_in_a_sentence(
    as_alex: Any, twice: tuple[Person, Person]
) -> None:
    one, _ = twice
    for named in ([], [one.pk], ["x"], [10**30], [one.pk + 1000]):
        answer = as_alex.post(reverse("merges", args=[one.pk]), {"other": named})
        assert said(answer).startswith("Choose whom you mean")
    assert (
        said(as_alex.post(reverse("merges-undo", args=[one.pk]))) == "Nobody is merged into Dana Leeuwarden."
    )
    assert said(as_alex.post(reverse("told-apart-undo", args=[one.pk]))).startswith("Nobody is told apart")


def test_a_stranger_and_somebody_signed_out_see_and_change_nothing(
    as_alex: Any, as_stranger: Any, stranger: Member, signed_out: Any, twice: tuple[Person, Person]
) -> None:
    one, other = twice
    page(as_alex)
    theirs = make(stranger, phone="+351 912 345 678")
    assert "Nobody is in your book twice" in page(as_stranger)
    assert signed_out.get(reverse("duplicates")).status_code == 302
    merge = Merge.join(one, other, by=one.member, at=world.NOW)
    for address in ("merges", "merges-undo", "told-apart", "told-apart-undo"):
        place = reverse(address, args=[one.pk])
        assert as_stranger.post(place, {"other": other.pk}).status_code == 404
        assert signed_out.post(place, {"other": other.pk}).status_code == 302
    assert as_stranger.post(reverse("merge-undo", args=[merge.pk])).status_code == 404
    assert as_stranger.get(reverse("person", args=[other.pk])).status_code == 404
    as_stranger.post(reverse("merges", args=[theirs.pk]), {"other": one.pk})
    assert list(Merge.objects.standing()) == [merge]
    assert not ToldApart.objects.exists()
