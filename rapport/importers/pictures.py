"""A picture that was brought: read by its content, whatever it is called, and made small, without what cameras add."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 10 << 20  # bytes; a telephone's photograph has two to five million
EDGE = 480  # pixels; five times what a page shows, and some forty kilobytes on a card
LEGIBLE = 1600
"""Pixels of a photograph of something printed: the small print of a card that fills it is twenty pixels high."""

_QUALITY = 85
_MOST_PIXELS = 52_000_000  # the largest sensors of telephones have fifty million
_MOST_UNSHRUNK = 16_000_000
"""A JPEG is read at a fraction of its size; of anything else every pixel is in memory, four octets each."""

_KINDS = ("JPEG", "PNG", "WEBP", "GIF")
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"})
_HEAD = 12  # octets that tell a picture


class NoPicture(ValueError):
    """These octets are no picture that can be used; carries the sentence to show."""


def is_picture(stream: BinaryIO) -> bool:
    """Whether a file begins as a picture does; it stands at its beginning then."""
    head = stream.read(_HEAD)
    stream.seek(0)
    if head.startswith(b"RIFF"):
        return head[8:] == b"WEBP"
    return head.startswith(_BEGINNINGS) or _is_heic(head)


def _is_heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in _HEIC


def portrait(octets: bytes) -> bytes:
    """Give a picture of somebody as a JPEG of at most EDGE pixels, as `photograph` does."""
    return photograph(octets, edge=EDGE)


def photograph(octets: bytes, *, edge: int = LEGIBLE) -> bytes:
    """Give a picture as a JPEG: at most `edge` pixels wide and high, upright, without place, camera or comment.

    Of one that moves it is the first picture. Raises NoPicture. A size that a file claims and does not have is found
    before memory is taken for it.
    """
    # A picture comes now and then; the library would be a tenth of every start.
    from PIL import Image, ImageOps  # noqa: PLC0415  see above

    if len(octets) > LARGEST:
        raise NoPicture(f"The picture has more than {LARGEST >> 20} MB. Choose a smaller one.")
    if _is_heic(octets[:_HEAD]):
        raise NoPicture(
            "This is a picture as iPhones keep it (HEIC), which cannot be read here. Share it as JPEG, or let the "
            "camera take “Most Compatible” pictures (Settings, Camera, Formats)."
        )
    try:
        with Image.open(BytesIO(octets), formats=_KINDS) as picture:
            width, height = picture.size
            most = _MOST_PIXELS if picture.format == "JPEG" else _MOST_UNSHRUNK
            if width * height > most:
                raise NoPicture(
                    f"The picture says it is {width} by {height} pixels: too many. Choose a smaller one."
                )
            picture.draft("RGB", (edge, edge))
            picture.thumbnail((edge, edge))  # before it is turned: large, it is held once
            upright = ImageOps.exif_transpose(picture)
            made = BytesIO()
            _on_paper(upright).save(made, "JPEG", quality=_QUALITY, optimize=True)
    except NoPicture:
        raise
    except Image.DecompressionBombError as error:
        raise NoPicture("The picture says it has too many pixels. Choose a smaller one.") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise NoPicture(
            "This is no picture that can be read: use a JPEG, PNG, WebP or GIF, and a whole file."
        ) from error
    return made.getvalue()


def _on_paper(picture: Image.Image) -> Image.Image:
    """What is transparent shows paper."""
    from PIL import Image  # noqa: PLC0415  as above

    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper
