from collections.abc import Sequence
from typing import Any

class RapidOCROutput:
    boxes: Any  # numpy.ndarray of lines, corners, and x and y in pixels; None when nothing was found
    txts: Sequence[str]
    scores: Sequence[float]
