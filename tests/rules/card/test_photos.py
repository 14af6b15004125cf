"""The photo of a card in every version's way, told by its content; and names said anew."""

import pytest

from rapport.rules.card import Card
from rapport.rules.card.naming import named
from rapport.rules.card.photos import Photo, has_photo, photo_of, with_photo

JPEG = b"\xff\xd8\xff a picture"


@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
def test_a_photo_is_put_on_changed_and_taken_off_and_all_else_stays(version):
    bare = Card([f"VERSION:{version}", "FN:A B", "X-ODD:1"])
    card = Card.parse(with_photo(bare, JPEG).text())
    assert (photo_of(card), has_photo(card)) == (Photo("image/jpeg", JPEG), True)
    another = with_photo(Card([*card.lines, "PHOTO:https://x.example/a.jpg"]), JPEG + b"!")
    assert (photo_of(another).octets, len(another.every("PHOTO"))) == (JPEG + b"!", 1)
    assert with_photo(another, None) == bare


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("PHOTO;ENCODING=b;TYPE=JPEG:iVBORw0KGgo=", "image/png"),
        ("PHOTO;BASE64;GIF:R0lGODlh", "image/gif"),
        ("PHOTO:data:image/webp;base64,UklGRgAAAABXRUJQ", "image/webp"),
        ("PHOTO:data:image/svg+xml;base64,PHN2Zz4=", None),
        ("PHOTO:data:image/jpeg;base64,%%%", None),
        ("PHOTO;VALUE=uri:https://x.example/a.jpg", None),
    ],
)
def test_a_photo_is_what_its_content_says(line, kind):
    found = photo_of(Card([line]))
    assert (found.kind if found else None) == kind


def test_a_name_said_anew_is_taken_apart_and_its_parts_put_together():
    card = Card(["FN:Dr. Sam Q. Ortiz", "N:Ortiz;Sam;Q.;Dr.;", "X-ODD:1"])
    same = {"name": card.name, "given": "Sam", "family": "Ortiz"}
    assert named(card, **same) == card
    assert named(card, **same | {"family": "Vega"}).lines == (
        "FN:Dr. Sam Q. Vega",
        "N:Vega;Sam;Q.;Dr.;",
        "X-ODD:1",
    )
    assert named(card, **same | {"name": "Samuel Ortiz"}).lines[:2] == (
        "FN:Samuel Ortiz",
        "N:Ortiz;Samuel;;;",
    )
    both = named(card, name="Sam, the cook", given="Samuel", family="Ortiz")
    assert both.lines[:2] == ("FN:Sam\\, the cook", "N:Ortiz;Samuel;Q.;Dr.;")
    assert named(Card(["FN:Cher"]), name="Cher", given="", family="Sarkisian").lines == (
        "FN:Cher",
        "N:Sarkisian;;;;",
    )
