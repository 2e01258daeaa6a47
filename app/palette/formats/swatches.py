"""Swatch files of drawing programs."""

from __future__ import annotations

import struct

from app.palette.names import colour_name
from app.palette.theme import Theme

_ASE_COLOUR = 0x0001
_ASE_GLOBAL = 0


def gimp(theme: Theme) -> dict[str, str]:
    """Return a palette for GIMP, Inkscape and Krita."""
    rows = ["GIMP Palette", f"Name: {theme.name}", f"Columns: {len(theme.colours)}", "#"]
    rows += ["{:3} {:3} {:3}\t".format(*bytes.fromhex(colour[1:])) + colour for colour in theme.colours]
    return {f"{theme.name}.gpl": "\n".join(rows) + "\n"}


def ase(theme: Theme) -> dict[str, bytes]:
    """Return swatches for Adobe's programs: Adobe Swatch Exchange 1.0, RGB."""
    blocks = [_ase_block(f"{number} {colour_name(colour)}", colour) for number, colour in enumerate(theme.colours, 1)]
    header = b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks))
    return {f"{theme.name}.ase": header + b"".join(blocks)}


def _ase_block(name: str, colour: str) -> bytes:
    text = f"{name}\0".encode("utf-16-be")
    levels = [level / 255 for level in bytes.fromhex(colour[1:])]
    body = struct.pack(">H", len(text) // 2) + text + b"RGB " + struct.pack(">3fH", *levels, _ASE_GLOBAL)
    return struct.pack(">HI", _ASE_COLOUR, len(body)) + body
