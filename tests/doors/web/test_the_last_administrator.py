"""A server is never left without an administrator while others are on it."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages

from rapport.accounts.models import Member

pytestmark = pytest.mark.usefixtures("server")
WORD = {"word": "delete everything"}


@pytest.fixture
def administrator(alex):
    alex.is_administrator = True
    alex.save()
    return alex


@pytest.fixture
def as_alex(as_alex):
    as_alex.defaults["wsgi.url_scheme"] = "https"
    return as_alex


def test_the_last_one_hands_over_before_they_go(administrator, stranger, as_alex):
    page = as_alex.post("/settings/deletion/confirmed", WORD)
    assert "You are the only administrator, and others are here" in page.content.decode()
    assert Member.objects.filter(pk=administrator.pk).exists()
    as_alex.post(f"/members/{stranger.pk}/administration")
    as_alex.post("/settings/deletion/confirmed", WORD)
    assert list(Member.objects.all()) == [stranger]


def test_handing_over_is_undone_but_never_by_the_last_one(administrator, stranger, as_alex):
    as_alex.post(f"/members/{stranger.pk}/administration")
    as_alex.post(f"/members/{stranger.pk}/administration/undo")
    assert not Member.objects.get(pk=stranger.pk).is_administrator
    answer = as_alex.post(f"/members/{administrator.pk}/administration/undo")
    assert "Make somebody else an administrator first" in str(list(get_messages(answer.wsgi_request))[-1])
    assert Member.objects.get(pk=administrator.pk).is_administrator


def test_whoever_is_alone_may_go(administrator, as_alex):
    as_alex.post("/settings/deletion/confirmed", WORD)
    assert not Member.objects.exists()


def test_who_is_no_administrator_makes_none(administrator, stranger, as_stranger):
    assert as_stranger.post(f"/members/{stranger.pk}/administration").status_code == 404
    assert not Member.objects.get(pk=stranger.pk).is_administrator
