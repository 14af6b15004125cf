"""A photographed card on the web: brought, shown beside its fields, put right, confirmed or thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from rapport.importers.photographs.printed import Printed
from rapport.importers.photographs.proposing import propose
from rapport.intake.models import Batch, Photograph
from rapport.people.models import Person
from rapport.rules.card.photos import photo_of
from tests.doors.web.forms import filled_in
from tests.drawn_cards import INITECH, drawn, jpeg

if TYPE_CHECKING:
    from django.test import Client

VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEMAIL:{name}@initech.example\r\nEND:VCARD"


def brought(client: Client, *files: tuple[str, bytes], **said: Any) -> Any:
    found = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/add", {"photo": found, **said}, follow=True)


def read(*codes: str, lines: tuple[str, ...] = INITECH) -> str:
    """Let the only picture be read as what stands on it; give its page."""
    waiting = Photograph.objects.get()
    waiting.was_read(propose(codes, [Printed(line) for line in lines]), at=timezone.now())
    return f"/photographs/{waiting.pk}"


@pytest.fixture
def picture() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "A camera that tells"
    return jpeg(drawn(dots=60), exif=exif)


def test_a_picture_waits_is_shown_beside_its_fields_and_becomes_a_person(alex, as_alex, picture):
    page = brought(as_alex, ("card.jpg", picture))
    assert "The card is being read" in page.content.decode()
    assert as_alex.get(page.redirect_chain[-1][0], headers={"HX-Request": "true"}).status_code == 204
    address = read()
    shown = as_alex.get(address).content.decode()
    for value in ("Jürgen Müller-Lüdenscheidt", "Leiter Softwareentwicklung", "+49 171 2345678", "80331"):
        assert f'value="{value}"' in shown
    kept = as_alex.get(f"{address}/picture")
    assert (kept["Content-Type"], b"camera" in kept.content) == ("image/jpeg", False)
    assert not Person.objects.exists()
    said = {"name": "Jürgen Müller", "given": "Jürgen", "family": "Müller"}
    page = as_alex.post(address, filled_in(as_alex, address, **said), follow=True)
    person = Person.objects.get(member=alex)
    assert (person.name, person.title, str(person.organisation)) == (
        *("Jürgen Müller", "Leiter Softwareentwicklung", "Initech GmbH"),
    )
    card = person.current_card
    assert (len(card.phones), card.addresses[0].locality, photo_of(card)) == (3, "München", None)
    assert not Photograph.objects.exists()
    as_alex.post(f"/batches/{page.context['batch'].pk}/undo")
    assert not Person.objects.exists()


def test_somebody_in_the_book_is_named_and_brought_up_to_date_with_the_picture_if_wanted(
    alex, as_alex, picture
):
    Person.make(alex, propose((VCARD.format(name="J"),), ()).cards[0], source="x", at=timezone.now())
    brought(as_alex, ("card.jpg", picture))
    address = read(lines=("J", "Software Engineer", "j@initech.example"))
    page = as_alex.get(address).content.decode()
    assert "is in your book already" in page
    fields = filled_in(as_alex, address, name="J", keep="on")
    page = as_alex.post(address, fields, follow=True)
    person = Person.objects.get(member=alex)
    assert (person.title, page.context["batch"].tally["updated"]) == ("Software Engineer", 1)
    photo = photo_of(person.current_card)
    assert photo is not None
    assert photo.kind == "image/jpeg"


def test_several_codes_are_several_cards_each_confirmed_once(alex, as_alex, picture):
    brought(as_alex, ("card.jpg", picture))
    address = read(VCARD.format(name="Dana"), VCARD.format(name="Sam"), lines=())
    first = filled_in(as_alex, address)
    came = as_alex.post(address, first, follow=True)
    assert came.redirect_chain[-1][0] == address
    assert f'action="/batches/{Batch.objects.get().pk}/undo"' in came.content.decode()
    assert 'aria-keyshortcuts="z"' not in came.content.decode()
    again = as_alex.post(address, first, follow=True)
    assert "was confirmed already" in again.content.decode()
    second = filled_in(as_alex, address)
    as_alex.post(address, second)
    assert as_alex.post(address, second).status_code == 404
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Dana", "Sam"]
    assert Batch.objects.count() == 2


def test_what_names_nobody_waits_for_a_name_and_can_be_thrown_away(as_alex, picture):
    brought(as_alex, ("card.jpg", picture))
    address = read(lines=("xX |i", "SALE 50%"))
    page = as_alex.get(address).content.decode()
    assert "Nobody is named on this picture" in page
    assert "Nobody is found on it" in page
    assert "a picture on which nobody is found" in as_alex.get("/").content.decode()
    assert "SALE 50%" in page
    answer = as_alex.post(address, filled_in(as_alex, address))
    assert answer.context["form"].basics.errors["name"]
    as_alex.post(address, filled_in(as_alex, address, more="phones"))
    as_alex.post(f"{address}/removal")
    assert not Photograph.objects.exists()
    assert not Person.objects.exists()


def test_what_is_no_picture_is_said_and_the_rest_is_done(alex, as_alex, picture):
    torn = ("torn.jpg", picture[:300])
    page = brought(as_alex, torn)
    assert "torn.jpg: This is no picture" in page.context["bring"].errors["photo"][0]
    card = ("zip.jpg", VCARD.format(name="Dana").encode())
    page = brought(as_alex, torn, card, ("card.jpg", picture))
    words = " ".join(map(str, page.context["messages"]))
    assert "torn.jpg: This is no picture" in words
    assert "wait for your word" in words
    assert Person.objects.get(member=alex).name == "Dana"
    assert Photograph.objects.get().name == "card.jpg"
    for place in ("/add", "/"):
        assert "a picture that waits to be read" in as_alex.get(place).content.decode()


def test_a_picture_is_its_members_alone(alex, as_alex, as_stranger, signed_out, picture):
    brought(as_alex, ("card.jpg", picture))
    address = read()
    fields = filled_in(as_alex, address)
    for door in ("", "/picture"):
        assert as_stranger.get(address + door).status_code == 404
        assert signed_out.get(address + door).status_code == 302
    for client, status in ((as_stranger, 404), (signed_out, 302)):
        assert client.post(address, fields).status_code == status
        assert client.post(f"{address}/removal").status_code == status
    assert Photograph.objects.filter(member=alex).exists()


def test_a_person_is_shown_as_a_code_of_what_is_business(alex, as_alex, as_stranger, signed_out):
    lines = (
        "FN:Dana Lee",
        "TITLE:Vice President",
        "ORG:Initech",
        "TEL;TYPE=cell:+351 91",
        "TEL;TYPE=home:+351 21",
    )
    more = (
        "EMAIL;TYPE=work:dana@initech.example",
        "EMAIL;TYPE=home:d@home.example",
        "NOTE:kind and quick",
        "BDAY:19800521",
    )
    card = propose(("\r\n".join(("BEGIN:VCARD", "VERSION:4.0", *lines, *more, "END:VCARD")),), ()).cards[0]
    person = Person.make(alex, card, source="x", at=timezone.now())
    address = f"/people/{person.pk}/code"
    page = as_alex.get(address)
    assert b'aria-label="A QR code with the card of Dana Lee"><svg' in page.content
    assert [
        word
        for word in ("Vice President", "351 21", "home.example", "1980", "kind and quick")
        if word in page.content.decode()
    ] == []
    assert (as_stranger.get(address).status_code, signed_out.get(address).status_code) == (404, 302)
