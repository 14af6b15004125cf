"""Reads the printed lines of one picture: JPEG on standard input, JSON on standard output, then it is gone.

It runs as a process of its own, which imports nothing of Rapport: what a damaged picture does to the libraries it
does to nobody else, and the memory that they take is given back.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO

MEMORY = 3 << 30
"""Bytes of address space; a picture of 1,600 pixels needs a third of it, most of it for the libraries themselves."""

_LOOKED_FOR = 960
"""Pixels at which lines are looked for, and one line is read at a time, as large as it is on the picture.

That takes little more than half the memory, is a third faster, and reads as much (of cards drawn at 130 to 470 dots
per inch on a picture of 1,600 pixels).
"""


def main() -> None:
    """Read, and print `[text, left, top, right, bottom, sure]` a line."""
    _hold_back(int(sys.argv[1]))
    picture = sys.stdin.buffer.read()

    from PIL import Image  # noqa: PLC0415  the limits stand before anything is loaded

    Image.open(BytesIO(picture)).close()  # what is no picture ends here, before a second or two of loading

    from rapidocr import RapidOCR  # noqa: PLC0415  as above

    reader = RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "Det.limit_type": "max",
            "Det.limit_side_len": _LOOKED_FOR,
            "Rec.rec_batch_num": 1,
        }
    )
    found = reader(picture)
    lines = []
    if found.boxes is not None:
        for box, text, sure in zip(found.boxes, found.txts, found.scores, strict=True):
            across, down = box[:, 0], box[:, 1]
            place = (across.min(), down.min(), across.max(), down.max())
            lines.append([text, *map(float, place), float(sure)])
    sys.stdout.write(json.dumps(lines))


def _hold_back(seconds: int) -> None:
    """Bound memory and the processor's time, where the system can (not on Windows)."""
    try:
        import resource  # noqa: PLC0415  see above
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


if __name__ == "__main__":
    main()
