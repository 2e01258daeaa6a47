"""Between a window's logical units and the pixels of the picture it shows."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect

from app.capture.geometry import Point, Rect, Size, axis_ratio, cover, pixel_at


@dataclass(frozen=True)
class Scale:
    """Pixels per logical unit along both axes of a window showing a picture of `size` pixels."""

    across: float
    down: float
    size: Size

    @classmethod
    def between(cls, size: Size, width: int, height: int, reported: float) -> Scale:
        """Return the scale of a window of `width` x `height` units whose toolkit reports a pixel ratio."""
        return cls(axis_ratio(size.width, width, reported), axis_ratio(size.height, height, reported), size)

    def to_pixel(self, position: QPointF) -> Point:
        """Return the pixel under a position in the window; it may lie outside the picture when the position does."""
        if 0 <= position.x() * self.across < self.size.width and 0 <= position.y() * self.down < self.size.height:
            return Point(
                pixel_at(position.x(), self.across, self.size.width),
                pixel_at(position.y(), self.down, self.size.height),
            )
        return Point(math.floor(position.x() * self.across), math.floor(position.y() * self.down))

    def to_pixels(self, area: QRect) -> Rect:
        """Return the pixels that an area of the window touches."""
        right, bottom = (area.x() + area.width()) * self.across, (area.y() + area.height()) * self.down
        return cover(area.x() * self.across, area.y() * self.down, right, bottom, self.size)

    def to_window(self, rect: Rect) -> QRect:
        """Return the area of the window that covers the pixels."""
        x, y = math.floor(rect.x / self.across), math.floor(rect.y / self.down)
        return QRect(x, y, math.ceil(rect.right / self.across) - x, math.ceil(rect.bottom / self.down) - y)

    def touched(self, area: QRect) -> QRect:
        """Return the area of the window that covers every pixel which something drawn into `area` may colour.

        At fractional scales the edges of `area` lie within pixels, and smooth edges colour these as well.
        """
        return self.to_window(self.to_pixels(area))
