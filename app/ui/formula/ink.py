"""What is drawn by hand: strokes that can be added, erased, undone, and made a picture of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

PAPER_MARGIN: Final = 16
"""Pixels of paper around the ink of a picture."""


@dataclass(frozen=True)
class Dot:
    """A place that the pen was at, in pixels of the canvas."""

    at: QPointF
    width: float
    """Of the line there, pixels."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """What the pen drew from its first place to its last; two strokes are never equal."""

    dots: tuple[Dot, ...]
    """At least one."""

    @cached_property
    def area(self) -> QRectF:
        """What the line covers, in pixels of the canvas."""
        left = min(dot.at.x() - dot.width / 2 for dot in self.dots)
        top = min(dot.at.y() - dot.width / 2 for dot in self.dots)
        right = max(dot.at.x() + dot.width / 2 for dot in self.dots)
        bottom = max(dot.at.y() + dot.width / 2 for dot in self.dots)
        return QRectF(left, top, right - left, bottom - top)


Strokes = tuple[Stroke, ...]


class Ink:
    """The strokes on a canvas with the way back and forth through all that they were."""

    def __init__(self) -> None:
        self.strokes: Strokes = ()
        self._before: list[Strokes] = []
        self._after: list[Strokes] = []

    @property
    def can_undo(self) -> bool:
        """Whether there was something else before."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether something was undone."""
        return bool(self._after)

    def replace(self, strokes: Strokes) -> None:
        """Have other strokes from now on: one more, fewer, or none."""
        if strokes != self.strokes:
            self._before.append(self.strokes)
            self._after.clear()
            self.strokes = strokes

    def undo(self) -> None:
        """Go one step back."""
        if self._before:
            self._after.append(self.strokes)
            self.strokes = self._before.pop()

    def redo(self) -> None:
        """Go one step forth again."""
        if self._after:
            self._before.append(self.strokes)
            self.strokes = self._after.pop()


def bounds(strokes: Iterable[Stroke]) -> QRectF:
    """Return what the ink covers, in pixels of the canvas; null where there is none."""
    covered = QRectF()
    for stroke in strokes:
        covered |= stroke.area
    return covered


def without_touched(strokes: Strokes, start: QPointF, end: QPointF, radius: float) -> Strokes:
    """Return the strokes that an eraser of this radius in pixels does not touch on its way from `start` to `end`."""
    return tuple(stroke for stroke in strokes if not _is_touched(stroke, start, end, radius))


def paint(painter: QPainter, stroke: Stroke, colour: QColor) -> None:
    """Draw a stroke: curves through the middles between the places of the pen, which hide how seldom it was asked."""
    first, last = stroke.dots[0], stroke.dots[-1]
    pen = QPen(colour, first.width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if first is last:
        painter.drawPoint(first.at)
        return
    piece = QPainterPath(first.at)
    for dot, after in zip(stroke.dots, (*stroke.dots[1:], last), strict=True):
        if dot.width != pen.widthF():  # a line of one width is one path, which is many times faster
            painter.drawPath(piece)
            pen.setWidthF(dot.width)
            painter.setPen(pen)
            piece = QPainterPath(piece.currentPosition())
        piece.quadTo(dot.at, (dot.at + after.at) / 2)
    painter.drawPath(piece)


def picture(strokes: Strokes) -> QImage:
    """Return the strokes as black ink on white paper, cut to what they cover; null for none."""
    area = bounds(strokes)
    if area.isNull():
        return QImage()
    area.adjust(-PAPER_MARGIN, -PAPER_MARGIN, PAPER_MARGIN, PAPER_MARGIN)
    image = QImage(area.size().toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-area.topLeft())
    for stroke in strokes:
        paint(painter, stroke, QColor(Qt.GlobalColor.black))
    painter.end()
    return image


def _is_touched(stroke: Stroke, start: QPointF, end: QPointF, radius: float) -> bool:
    if not stroke.area.adjusted(-radius, -radius, radius, radius).intersects(_box(start, end)):
        return False
    following = (*stroke.dots[1:], stroke.dots[-1])
    return any(
        _distance(start, end, dot.at, after.at) <= radius + dot.width / 2
        for dot, after in zip(stroke.dots, following, strict=True)
    )


def _box(start: QPointF, end: QPointF) -> QRectF:
    """Return the box around two points, which is never empty."""
    return QRectF(start, end).normalized().adjusted(-0.5, -0.5, 0.5, 0.5)


def _distance(a: QPointF, b: QPointF, c: QPointF, d: QPointF) -> float:
    """Return the least distance between the segments ab and cd, 0 when they cross."""
    if _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0:
        return 0.0
    return min(_from_segment(a, c, d), _from_segment(b, c, d), _from_segment(c, a, b), _from_segment(d, a, b))


def _side(a: QPointF, b: QPointF, point: QPointF) -> float:
    """Return on which side of the line ab a point lies, as the sign."""
    return (b.x() - a.x()) * (point.y() - a.y()) - (b.y() - a.y()) * (point.x() - a.x())


def _from_segment(point: QPointF, a: QPointF, b: QPointF) -> float:
    """Return the distance of a point from the segment ab."""
    along = b - a
    length = QPointF.dotProduct(along, along)
    share = min(1.0, max(0.0, QPointF.dotProduct(point - a, along) / length)) if length else 0.0
    gap = point - (a + along * share)
    return float(QPointF.dotProduct(gap, gap) ** 0.5)
