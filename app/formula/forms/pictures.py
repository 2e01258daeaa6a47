"""Pictures of a formula, black on nothing or on white, for slides and web pages."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
from PIL import Image

from app.formula.raster import rasterise
from app.formula.render import render_svg

EM_PX: Final = 16.0
"""Pixels of the web: 12 points."""
INK: Final = "#000000"
DPI: Final = 300
PER_INCH: Final = 96
"""Pixels of the web (CSS Values 4)."""


def svg(latex: str) -> str:
    """Return the formula as a picture that can be enlarged. Raises `RenderError`."""
    return render_svg(latex, size_px=EM_PX, colour=INK).decode()


def png(latex: str) -> bytes:
    """Return the formula as a picture for print, black on white at 300 dots per inch. Raises `RenderError`."""
    ink = rasterise(render_svg(latex, size_px=EM_PX, colour=INK), DPI / PER_INCH)
    buffer = io.BytesIO()
    Image.fromarray(((1 - ink) * 255).round().astype(np.uint8)).save(buffer, "PNG", dpi=(DPI, DPI), optimize=True)
    return buffer.getvalue()
