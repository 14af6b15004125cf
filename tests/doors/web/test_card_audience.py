"""Who sees what of the member's own card, by every door: choices, "see it as", the link, its file and its code."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone

from rapport.accounts.models import Member
from rapport.followups import hearing
from rapport.people.exporting import FORMATS
from rapport.people.models import CardLink, NamedList, Person
from rapport.rules.audience import items_of
from rapport.rules.card import Card
from rapport.rules.card.photos import with_photo
from tests.doors.web.forms import filled_in

AUDIENCE = "/settings/card/audience"
SECRETS = ("Chief Technologist", "+351 91", "alex@home.example", "1980", "Rua Augusta")


@pytest.fixture
def own(alex):
    lines = ("TITLE:Chief Technologist", "TEL:+351 91", "EMAIL;TYPE=home:alex@home.example", "BDAY:19800521")
    card = Card(["VERSION:4.0", "FN:Alex Morgan", *lines, "ADR:;;Rua Augusta 10;Lisboa;;;Portugal"])
    alex.keep_card(with_photo(card, b"\xff\xd8\xff a picture"))
    return alex


def show(client, **said):
    """Choose audiences by what stands on the card: `Phone="link"`."""
    fields = filled_in(client, AUDIENCE, of="audience")
    items = client.get(AUDIENCE).context["form"].items
    chosen = {f"item-{number}": said[item.what] for number, item in enumerate(items) if item.what in said}
    return client.post(AUDIENCE, fields | chosen)


def link_of(member):
    return f"/cards/{CardLink.objects.get(member=member).token}"


def test_nothing_is_shown_until_it_is_and_then_just_that(own, as_alex, signed_out):
    as_alex.post("/settings/card/link")
    doors = ("", ".vcf", "/photo")
    assert [signed_out.get(link_of(own) + door).status_code for door in doors] == [404, 404, 404]
    assert "Not even your name." in as_alex.get("/settings/card/seen?as=link").content.decode()
    show(as_alex, Phone=["link"], Work=["professional"])
    page, file = (signed_out.get(link_of(own) + door).content.decode() for door in ("", ".vcf"))
    for text in (page, file, as_alex.get("/settings/card/seen?as=link").content.decode()):
        assert [secret for secret in SECRETS if secret in text] == ["+351 91"]
    assert (Card.parse(file).name, "X-AUDIENCE" in file) == ("Alex Morgan", False)
    assert signed_out.get(f"{link_of(own)}/photo").status_code == 404
    show(as_alex, Photo=["link"])
    assert signed_out.get(f"{link_of(own)}/photo").content == b"\xff\xd8\xff a picture"
    assert signed_out.get(link_of(own))["X-Robots-Tag"] == "noindex"
    seen = as_alex.get("/settings/card/seen?as=professional").content.decode()
    assert [secret for secret in SECRETS if secret in seen] == ["Chief Technologist"]


def test_it_is_seen_as_a_person_of_the_book_sees_it(own, as_alex, as_stranger):
    dana = Person.make(own, Card.of(name="Dana Lee"), source="x", at=timezone.now())
    friends = NamedList.make("Friends", "social", by=own, at=timezone.now())
    show(as_alex, Phone=[f"list-{friends.pk}"], Work=["professional"])
    address = f"/settings/card/seen?as=person-{dana.pk}"
    assert [secret for secret in SECRETS if secret in as_alex.get(address).content.decode()] == [
        "Chief Technologist"
    ]
    dana.describe(spheres=["social"], by=own, at=timezone.now())
    as_alex.post(f"/people/{dana.pk}/lists", {"list": friends.pk})
    page = as_alex.get(address).content.decode()
    assert [secret for secret in SECRETS if secret in page] == ["+351 91"]
    assert "What they see of it" in as_alex.get(f"/people/{dana.pk}").content.decode()
    assert as_stranger.get(address).status_code == 404
    as_alex.post(f"/named-lists/{friends.pk}/removal")
    assert "Nothing" in as_alex.get(address).content.decode()


def test_a_fellow_member_finds_it_by_every_door_until_it_is_hidden(own, as_alex, stranger, as_stranger):
    now = timezone.now()
    Person.make(own, Card.of(name="Robin Stone", email=stranger.email), source="x", at=now)
    theirs = Person.make(
        stranger, Card.of(name="Alex M", email=own.email, title="Engineer"), source="x", at=now
    )
    kinds = ("E-mail", "Phone", "Post", "Birthday")
    exports = [f"/people/export/{form}" for form in FORMATS]
    doors = [
        f"/people/{theirs.pk}",
        "/people?q=alex",
        "/people",
        "/changes",
        "/",
        "/settings/export",
        *exports,
    ]
    for asks in (False, True):
        stranger.applied_kinds = [] if asks else ["member"]
        stranger.save()
        show(as_alex, **{kind: ["professional"] for kind in kinds})
        hearing.go_round(Member.objects.get(pk=own.pk), at=now)
        read = "".join(_read(as_stranger.get(door)) for door in doors)
        assert [secret for secret in SECRETS if secret in read] == list(SECRETS[1:])
        assert ("Alex M" in _read(as_stranger.get("/people?q=%2B351"))) != asks
        show(as_alex, **{kind: [] for kind in kinds})
        hearing.go_round(Member.objects.get(pk=own.pk), at=now)
        read = "".join(_read(as_stranger.get(door)) for door in doors)
        assert [secret for secret in (*SECRETS, "+351", "%2B351") if secret in read] == []
        assert "Alex M" not in _read(as_stranger.get("/people?q=%2B351"))


def _read(answer):
    octets = b"".join(answer) if answer.streaming else answer.content
    if answer["Content-Type"] == "application/zip":
        with ZipFile(BytesIO(octets)) as everything:
            octets = b"".join(map(everything.read, everything.namelist()))
    return octets.decode(errors="replace")


def test_a_link_is_renewed_removed_and_drawn_for_its_owner_alone(own, as_alex, as_stranger, signed_out):
    assert as_alex.get("/settings/card/link.svg").status_code == 404
    as_alex.post("/settings/card/link")
    show(as_alex, Phone=["link"])
    first = link_of(own)
    drawn = as_alex.get("/settings/card/link.svg")
    assert (drawn["Content-Type"], drawn.content.startswith(b"<?xml"), b"<script" in drawn.content) == (
        "image/svg+xml", True, False,
    )  # fmt: skip
    assert as_stranger.get("/settings/card/link.svg").status_code == 404
    assert first in as_alex.get(AUDIENCE).content.decode()
    as_alex.post("/settings/card/link")
    assert (signed_out.get(first).status_code, signed_out.get(link_of(own)).status_code) == (404, 200)
    as_stranger.post("/settings/card/link/removal")
    assert signed_out.get(link_of(own)).status_code == 200
    last = link_of(own)
    as_alex.post("/settings/card/link/removal")
    assert signed_out.get(last).status_code == 404


def test_choices_of_a_card_that_was_changed_meanwhile_are_not_kept(own, as_alex):
    fields = filled_in(as_alex, AUDIENCE, of="audience")
    own.keep_card(Card([*own.own_card.lines, "TEL:+351 92"]))
    page = as_alex.post(AUDIENCE, fields | {"item-1": ["link"]}).content.decode()
    assert "Your card was changed meanwhile." in page
    own.refresh_from_db()
    assert not any(item.audiences for item in items_of(own.own_card))
    assert as_alex.post(AUDIENCE, fields | {"item-1": ["list-999"]}).status_code == 200


def test_people_are_listed_by_sphere_and_by_list(alex, as_alex, as_stranger):
    now = timezone.now()
    dana, sam = (
        Person.make(alex, Card.of(name=name), source="x", at=now) for name in ("Dana Lee", "Sam Ortiz")
    )
    sam.describe(spheres=["social"], by=alex, at=now)
    as_alex.post("/named-lists/beginning", {"name": "Choir", "sphere": "social"})
    choir = NamedList.objects.get()
    page = as_alex.post(f"/people/{dana.pk}/lists", {"list": choir.pk}, follow=True).content.decode()
    assert "Choir is a social list, and Dana Lee is not" in page
    as_alex.post(f"/people/{sam.pk}/lists", {"list": choir.pk})
    shown = {
        query: [person.name for person in as_alex.get(f"/people?{query}").context["leaf"]]
        for query in ("", "sphere=professional", "sphere=social", f"list={choir.pk}", "sphere=nonsense")
    }
    assert shown == {
        "": ["Dana Lee", "Sam Ortiz"],
        "sphere=professional": ["Dana Lee"],
        "sphere=social": ["Sam Ortiz"],
        f"list={choir.pk}": ["Sam Ortiz"],
        "sphere=nonsense": ["Dana Lee", "Sam Ortiz"],
    }
    assert as_stranger.get(f"/people?list={choir.pk}").status_code == 404
    assert "1 on it" in as_alex.get("/named-lists").content.decode()
    as_alex.post(f"/people/{sam.pk}/lists/removal", {"list": choir.pk})
    assert "nobody on it yet" in as_alex.get("/named-lists").content.decode()
