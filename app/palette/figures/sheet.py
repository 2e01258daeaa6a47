"""All figures on one sheet, as a picture to send around."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from app.core.files import write_atomic
from app.palette.figures.gallery import PaintedFigure

_COLUMNS: Final = 3


def write_sheet(figures: Sequence[PaintedFigure], background: str, path: Path) -> None:
    """Write a PNG of figures of one size, in rows of three. Raises `StorageError`."""
    painted = [figure.pixels for figure in figures]
    blank = np.full_like(painted[0], 255)
    blank[..., :3] = tuple(bytes.fromhex(background[1:]))
    painted += [blank] * (-len(painted) % _COLUMNS)
    rows = [np.hstack(painted[start : start + _COLUMNS]) for start in range(0, len(painted), _COLUMNS)]
    file = io.BytesIO()
    Image.fromarray(np.vstack(rows)).convert("RGB").save(file, "PNG")
    write_atomic(path, file.getvalue())
