"""Where commands read pictures: files, "-" for standard input, "clipboard"."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from app.core import clipboard

STANDARD_INPUT: Final = "-"
CLIPBOARD: Final = "clipboard"
MOST_BYTES: Final = 300_000_000
"""What comes after these belongs to no picture of a formula."""


def read_source(name: str) -> Path | bytes:
    """Return the bytes of standard input or of the clipboard's picture, or the path of a file."""
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read(MOST_BYTES)
    if name == CLIPBOARD:
        return clipboard.picture()
    return Path(name)
