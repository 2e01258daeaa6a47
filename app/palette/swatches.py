"""Swatch files of drawing programs."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr
from app.palette.colour import from_levels
from app.palette.files import read_bytes, read_text

_GPL_ROW: Final = re.compile(r"^\s*(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})\b", re.MULTILINE)
_ASE_HEADER: Final = 12
_ASE_COLOUR: Final = 1


def gpl_colours(path: Path) -> list[str]:
    """Return the colours of a palette of GIMP. Raises `InputError`."""
    return [from_levels(map(int, row)) for row in _GPL_ROW.findall(read_text(path))]


def ase_colours(path: Path) -> list[str]:
    """Return the RGB and grey colours of Adobe swatches. Raises `InputError`."""
    data = read_bytes(path)
    if not data.startswith(b"ASEF"):
        raise InputError(tr("{name} is no Adobe swatch file.", name=shown_name(path)))
    try:
        return [colour for body in _blocks(data) for colour in _colour(body)]
    except struct.error:
        raise InputError(tr("{name} is damaged.", name=shown_name(path))) from None


def _blocks(data: bytes) -> Iterator[bytes]:
    place = _ASE_HEADER
    for _ in range(struct.unpack_from(">I", data, 8)[0]):
        kind, size = struct.unpack_from(">HI", data, place)
        place += 6
        if kind == _ASE_COLOUR:
            yield data[place : place + size]
        place += size


def _colour(body: bytes) -> list[str]:
    place = 2 + 2 * int(struct.unpack_from(">H", body)[0])
    model = body[place : place + 4]
    if model == b"RGB ":
        return [from_levels(255 * level for level in struct.unpack_from(">3f", body, place + 4))]
    if model == b"Gray":
        return [from_levels(3 * [255 * struct.unpack_from(">f", body, place + 4)[0]])]
    return []
