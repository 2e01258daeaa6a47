"""The pixels around the crosshair, enlarged, with their place and colour in words."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from app.capture.geometry import Point, Size, magnifier_source
from app.core.i18n import tr
from app.ui.overlay.style import Style

RADIUS = 9
"""Pixels shown on each side of the one under the crosshair."""
ZOOM = 8
"""Logical units for each pixel."""
_SIDE = (2 * RADIUS + 1) * ZOOM
_AWAY = 20
"""Distance from the crosshair, so that what is aimed at stays visible."""
_LINES = 2
_GRID = QColor(128, 128, 128, 70)


def magnifier_size(style: Style) -> QSize:
    """Return how large the magnifier with its lines of text is."""
    return QSize(_SIDE + 2, _SIDE + 2 + _LINES * style.line_height + style.space)


def place_magnifier(cursor: QPoint, size: QSize, window: QRect) -> QRect:
    """Return where the magnifier goes: below right of the crosshair, or on the side that has room."""
    x, y = cursor.x() + _AWAY, cursor.y() + _AWAY
    if x + size.width() > window.right():
        x = cursor.x() - _AWAY - size.width()
    if y + size.height() > window.bottom():
        y = cursor.y() - _AWAY - size.height()
    return QRect(QPoint(max(x, window.left()), max(y, window.top())), size)


def paint_magnifier(painter: QPainter, area: QRect, image: QImage, cursor: Point, style: Style) -> None:
    """Draw the magnifier into the area, for the pixel under the crosshair."""
    painter.fillRect(area, style.border)
    painter.fillRect(area.adjusted(1, 1, -1, -1), style.surface)
    lens = QRect(area.x() + 1, area.y() + 1, _SIDE, _SIDE)
    source, start = magnifier_source(cursor, RADIUS, Size(image.width(), image.height()))
    target = QRect(lens.x() + start.x * ZOOM, lens.y() + start.y * ZOOM, source.width * ZOOM, source.height * ZOOM)
    painter.drawImage(QRectF(target), image, QRectF(source.x, source.y, source.width, source.height))
    _paint_grid(painter, lens, style)
    _paint_text(painter, area, image, cursor, style)


def _paint_grid(painter: QPainter, lens: QRect, style: Style) -> None:
    for offset in range(ZOOM, _SIDE, ZOOM):
        painter.fillRect(lens.x() + offset, lens.y(), 1, _SIDE, _GRID)
        painter.fillRect(lens.x(), lens.y() + offset, _SIDE, 1, _GRID)
    centre = QRect(lens.x() + RADIUS * ZOOM, lens.y() + RADIUS * ZOOM, ZOOM, ZOOM)
    for margin, colour in ((2, style.surface), (1, style.accent)):
        outer = centre.adjusted(-margin, -margin, margin, margin)
        for side in QRegion(outer).subtracted(QRegion(outer.adjusted(1, 1, -1, -1))):  # type: ignore[attr-defined]
            painter.fillRect(side, colour)


def _paint_text(painter: QPainter, area: QRect, image: QImage, cursor: Point, style: Style) -> None:
    colour = image.pixelColor(cursor.x, cursor.y)
    line = QRect(area.x() + style.space, area.y() + 2 + _SIDE + style.space // 2, area.width() - 2 * style.space, 0)
    line.setHeight(style.line_height)
    painter.setFont(style.small)
    painter.setPen(style.text)
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft, tr("x {x}, y {y}", x=cursor.x, y=cursor.y))
    line.translate(0, style.line_height)
    swatch = QRect(line.x(), line.y() + line.height() // 5, line.height() * 3 // 5, line.height() * 3 // 5)
    painter.fillRect(swatch.adjusted(-1, -1, 1, 1), style.border)
    painter.fillRect(swatch, colour)
    painter.setPen(style.muted)
    painter.drawText(line.adjusted(line.height(), 0, 0, 0), Qt.AlignmentFlag.AlignLeft, colour.name().upper())
