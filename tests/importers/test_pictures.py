"""Pictures are told by their content, made small, and lie about nothing for long."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from rapport.importers.pictures import LARGEST, NoPicture, portrait


def saved(kind, size=(1200, 800), mode="RGB", **options):
    held = BytesIO()
    Image.new(mode, size).save(held, kind, **options)
    return held.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_kind_becomes_a_small_jpeg_without_what_cameras_add(kind):
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif[0x0112] = 6  # lies on its side
    options = {} if kind == "GIF" else {"exif": exif}
    made = portrait(saved(kind, mode="P" if kind in {"PNG", "GIF"} else "RGB", **options))
    with Image.open(BytesIO(made)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (480, 320) if kind == "GIF" else (320, 480))
        assert not picture.getexif()
    assert b"camera" not in made


def test_what_is_transparent_shows_paper():
    with Image.open(BytesIO(portrait(saved("PNG", (9, 9), "RGBA")))) as picture:
        assert min(picture.getpixel((4, 4))) > 250


def _png_of(width, height):
    def chunk(name, octets):
        return struct.pack(">I", len(octets)) + name + octets + struct.pack(">I", zlib.crc32(name + octets))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("octets", "says"),
    [
        (b"", "This is no picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is no picture"),
        (saved("JPEG")[:400], "This is no picture"),
        (saved("BMP"), "This is no picture"),
        (_png_of(100_000, 100_000), "too many"),
        (_png_of(5_000, 5_000), "too many"),
        (_png_of(500, 500), "This is no picture"),
        (b"\xff\xd8\xff" + b"\0" * LARGEST, "more than 10 MB"),
    ],
)
def test_what_is_no_picture_or_lies_about_its_size_is_said_so(octets, says):
    with pytest.raises(NoPicture, match=says):
        portrait(octets)
