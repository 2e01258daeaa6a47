"""The way of pictures between Qt and Pillow, apart because numpy and Pillow take a tenth of a second to import."""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image
from PySide6.QtGui import QImage

from app.formula.engine import NoFormula
from app.formula.normalise import normalise
from app.formula.picture import open_picture
from app.ui.formula.pictures import png

INK: Final = 0.5
"""Above this a normalised pixel is clearly ink."""


def to_pillow(image: QImage) -> Image.Image:
    """Return a copy of `image`; one with transparent parts is laid on the paper that suits its ink."""
    if image.hasAlphaChannel():
        return open_picture(png(image))
    flat = image.convertToFormat(QImage.Format.Format_RGB888)
    size, stride = (flat.width(), flat.height()), flat.bytesPerLine()
    return Image.frombytes("RGB", size, bytes(flat.constBits()), "raw", "RGB", stride)


def to_qimage(picture: Image.Image) -> QImage:
    """Return a copy of `picture`."""
    colours = picture.convert("RGB")
    data = colours.tobytes()
    return QImage(data, colours.width, colours.height, 3 * colours.width, QImage.Format.Format_RGB888).copy()


def ink_size(picture: Image.Image) -> tuple[float, float]:
    """Return width and height of the ink in pixels of `picture`, (0, 0) where there is none."""
    try:
        normalised = normalise(picture)
    except NoFormula:
        return 0.0, 0.0
    ink = normalised.pixels > INK
    columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    if not len(columns):
        return 0.0, 0.0
    width, height = columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1
    return float(width / normalised.scale), float(height / normalised.scale)
