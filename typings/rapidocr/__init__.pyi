# What Rapport uses of `rapidocr`, which is an extra and brings more than two hundred modules.
from typing import Any

from .utils.output import RapidOCROutput

class RapidOCR:
    def __init__(self, *, params: dict[str, Any] | None = None) -> None: ...
    def __call__(self, img_content: bytes) -> RapidOCROutput: ...
