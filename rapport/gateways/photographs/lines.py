"""The printed lines of a picture, read on this machine by the extra `ocr`, within limits of time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from threading import BoundedSemaphore

from rapport.gateways.photographs import reader

LIMIT = 60
"""Seconds that one picture may take; five are usual, most of them for loading the models."""

_READING = BoundedSemaphore(1)
"""One picture at a time: reading takes a processor and up to 345 MB."""

GIVES_BACK = {"MALLOC_MMAP_THRESHOLD_": str(8 << 20)}
"""Pieces of memory of 8 MB and more go back to the system as soon as they are free, which glibc else learns not to do.

Eight readings of one picture then took 335 to 343 MB each, instead of 387 to 488, in the same time; from 4 MB on
less (300) but a tenth slower.
"""

_MOST_OCTETS = 1 << 20  # of what a reading prints


class NotRead(Exception):
    """The lines were not read; carries the sentence for the member."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def is_installed() -> bool:
    """Whether printed lines can be read at all."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def lines_in(jpeg: bytes, *, seconds: float = LIMIT) -> list[tuple[str, float, float, float, float, float]]:
    """Give the lines of a picture that Rapport wrote: text, left, top, right, bottom in pixels, and how sure.

    Nothing leaves the machine. Raises NotRead.
    """
    if not is_installed():
        raise NotRead(
            "The words on it were not read, only its codes: Rapport was installed without the part that reads "
            "print. It comes with `pip install 'rapport[ocr]'`."
        )
    with _READING:
        try:
            done = subprocess.run(  # noqa: S603  our own program and nothing of the picture on its line
                [sys.executable, "-P", str(Path(reader.__file__)), str(int(seconds) + 1)],
                input=jpeg,
                capture_output=True,
                timeout=seconds,
                check=True,
                env=os.environ | GIVES_BACK,
            )
            found = json.loads(done.stdout[:_MOST_OCTETS])
            return [(str(line[0]), line[1], line[2], line[3], line[4], line[5]) for line in found]
        except subprocess.TimeoutExpired as error:
            raise NotRead(
                f"Its words were not read within {seconds:.0f} seconds, and were not waited for. Type what you see."
            ) from error
        except (subprocess.CalledProcessError, ValueError, OSError) as error:
            raise NotRead(
                "Its words could not be read. Type what you see, or take the picture again."
            ) from error
