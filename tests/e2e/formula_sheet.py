"""A white sheet with typeset formulas, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.formula.render import render_svg

EM_PX = 24.0
SPACE = 24
"""Pixels around each formula."""


@dataclass(frozen=True)
class Sheet:
    """The picture, and for each formula the part of it that a careful user would drag over."""

    picture: QImage
    parts: tuple[QRect, ...]


def sheet(formulas: Sequence[str], width: int = 480) -> Sheet:
    """Draw the formulas."""
    drawings = [QSvgRenderer(render_svg(latex, size_px=EM_PX, colour="#000000")) for latex in formulas]
    height = SPACE + sum(drawing.defaultSize().height() + SPACE for drawing in drawings)
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    parts, y = list[QRect](), SPACE
    with QPainter(picture) as painter:
        for drawing in drawings:
            place = QRect(SPACE, y, drawing.defaultSize().width(), drawing.defaultSize().height())
            drawing.render(painter, QRectF(place))
            parts.append(place.adjusted(-SPACE // 3, -SPACE // 3, SPACE // 3, SPACE // 3))
            y = place.bottom() + 1 + SPACE
    return Sheet(picture, tuple(parts))
