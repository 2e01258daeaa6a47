"""Small pictures for the history."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image

SIDE: Final = 256


def thumbnail(picture: Image.Image) -> bytes:
    """Return `picture` as PNG, its long side at most `SIDE` pixels."""
    small = picture.convert("RGB")
    small.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    buffer = io.BytesIO()
    small.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
