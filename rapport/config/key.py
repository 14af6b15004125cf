"""Secrets of an installation: of the environment, or of a file that only its owner may read."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

ENTROPY = 50  # bytes; Django asks for at least 50 characters


def key_kept_in(folder: Path, name: str) -> str:
    """Give the key in the file `name` of a folder, made on first use with mode 0600.

    Two processes that start at once agree: the file is written elsewhere and linked into place, and a link
    never replaces a file that is there already. Raises OSError when the folder cannot be written.
    """
    file = folder / name
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(file)
    return file.read_text(encoding="ascii").strip()


def _make(file: Path) -> None:
    """Write a new key, unless another process was faster."""
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}-")  # always mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as written:
            written.write(secrets.token_urlsafe(ENTROPY))
        with suppress(FileExistsError):  # another process was faster; its key is the one to use
            os.link(draft, file)
    finally:
        Path(draft).unlink()
