"""Pictures are told by their content, made small, and lie about nothing for long."""

import struct
import subprocess
import sys
import zlib
from io import BytesIO

import pytest
from PIL import Image

from rapport.importers.pictures import LARGEST, LEGIBLE, NoPicture, is_picture, photograph, portrait


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


def _jpeg_of(width, height):
    """A small picture whose head claims another size."""
    octets = saved("JPEG", (16, 16))
    place = octets.index(b"\xff\xc0") + 5
    return octets[:place] + struct.pack(">HH", height, width) + octets[place + 4 :]


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
        (_jpeg_of(9000, 6700), "9000 by 6700 pixels: too many"),
        (b"\xff\xd8\xff" + b"\0" * LARGEST, "more than 10 MB"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
    ],
)
def test_what_is_no_picture_or_lies_about_its_size_is_said_so(octets, says):
    with pytest.raises(NoPicture, match=says):
        portrait(octets)


def test_a_photograph_stays_legible_and_what_moves_or_is_made_for_print_is_taken_as_it_is_seen():
    with Image.open(BytesIO(photograph(saved("JPEG", (4000, 3000), "CMYK")))) as picture:
        assert (picture.mode, picture.size) == ("RGB", (LEGIBLE, 1200))
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    moving = BytesIO()
    frames[0].save(moving, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    with Image.open(BytesIO(photograph(moving.getvalue()))) as picture:
        red, _, blue = picture.getpixel((4, 4))
        assert (red > 200, blue < 50) == (True, True)


def test_a_picture_is_known_by_how_it_begins_whatever_it_is_called():
    pictures = [saved(kind, (2, 2)) for kind in ("JPEG", "PNG", "WEBP", "GIF")]
    assert all(is_picture(BytesIO(octets)) for octets in [*pictures, b"\0\0\0\x18ftypheic"])
    for other in (b"", b"PK\3\4", b"BEGIN:VCARD", b"RIFF\0\0\0\0WAVE"):
        held = BytesIO(other)
        assert not is_picture(held)
        assert held.tell() == 0


def test_the_largest_picture_that_is_taken_needs_bounded_memory():
    """A WebP of sixteen megapixels, transparent, is the worst: 280 MB, of a JPEG of 48 megapixels it is 180 MB."""
    code = (
        "import resource, sys; from pathlib import Path; from PIL import Image; Image.init();"
        "from rapport.importers.pictures import photograph;"
        "held = int(Path('/proc/self/statm').read_text().split()[0]) * resource.getpagesize();"
        "resource.setrlimit(resource.RLIMIT_AS, (held + (400 << 20),) * 2);"
        "print(len(photograph(sys.stdin.buffer.read())))"
    )
    # The quickest way to write it; reading takes the same.
    octets = saved("WEBP", (4000, 4000), "RGBA", method=0)
    ran = subprocess.run(  # noqa: S603  our own code
        [sys.executable, "-c", code], input=octets, capture_output=True, check=False, timeout=60
    )
    assert (ran.returncode, int(ran.stdout or 0) > 1000) == (0, True), ran.stderr
