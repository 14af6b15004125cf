"""A picture of somebody: read by its content, whatever it is called, and made small, without what cameras add."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

LARGEST = 10 << 20  # bytes; a telephone's photograph has two to five million
EDGE = 480  # pixels; five times what a page shows, and some forty kilobytes on a card
_QUALITY = 85
_MOST_PIXELS = 60_000_000
_MOST_UNSHRUNK = 16_000_000
"""A JPEG is read at a fraction of its size; of anything else every pixel is in memory, four octets each."""

_KINDS = ("JPEG", "PNG", "WEBP", "GIF")


class NoPicture(ValueError):
    """These octets are no picture that can be used; carries the sentence to show."""


def portrait(octets: bytes) -> bytes:
    """Give a picture as a small JPEG: at most EDGE pixels wide and high, upright, without place, camera or comment.

    Raises NoPicture. A size that a file claims and does not have is found before memory is taken for it.
    """
    # A picture comes now and then; the library would be a tenth of every start.
    from PIL import Image, ImageOps  # noqa: PLC0415  see above

    if len(octets) > LARGEST:
        raise NoPicture(f"The picture has more than {LARGEST >> 20} MB. Choose a smaller one.")
    try:
        with Image.open(BytesIO(octets), formats=_KINDS) as picture:
            width, height = picture.size
            most = _MOST_PIXELS if picture.format == "JPEG" else _MOST_UNSHRUNK
            if width * height > most:
                raise NoPicture(
                    f"The picture says it is {width} by {height} pixels: too many. Choose a smaller one."
                )
            picture.draft("RGB", (EDGE, EDGE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((EDGE, EDGE))
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
