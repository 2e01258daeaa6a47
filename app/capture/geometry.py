"""Rectangles of whole pixels, and how the screen's logical units map to them. No Qt, so that it can be tested hard.

A screen is measured twice: in logical units (what the desktop and mouse events speak) and in pixels (what its picture
has). Both axes have their own ratio, because logical sizes are rounded: 1366 pixels at scale 1.5 are 911 units.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

_SLACK = 1e-6
"""Forgives the rounding of positions that a toolkit computed as pixel / ratio."""


class Point(NamedTuple):
    """A pixel of a picture; (0, 0) is its top left."""

    x: int
    y: int


class Size(NamedTuple):
    """Width and height, both at least 1."""

    width: int
    height: int


@dataclass(frozen=True)
class Rect:
    """The pixels from (x, y) up to, but not including, (right, bottom)."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column after the rectangle."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row after the rectangle."""
        return self.y + self.height

    def contains(self, point: Point) -> bool:
        """Say whether the pixel lies in the rectangle."""
        return self.x <= point.x < self.right and self.y <= point.y < self.bottom

    def moved(self, dx: int, dy: int) -> Rect:
        """Return the rectangle `dx` columns to the right and `dy` rows down."""
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True)
class Region:
    """A part of one screen's picture, kept to be taken again."""

    screen: str
    rect: Rect


def axis_ratio(pixels: int, logical: int, reported: float = 0.0) -> float:
    """Return pixels per logical unit along one axis.

    The ratio `reported` by the toolkit is exact where it agrees with the picture to the pixel, and is not to be
    believed elsewhere: some compositors report 2.0 and deliver 1.5.
    """
    if reported > 0 and abs(logical * reported - pixels) <= max(1.0, reported / 2):
        return reported
    return pixels / logical


def pixel_at(position: float, ratio: float, pixels: int) -> int:
    """Return the pixel under a logical position, the nearest one (0 to `pixels` - 1) when it lies outside."""
    return min(max(math.floor(position * ratio + _SLACK), 0), pixels - 1)


def between(one: Point, other: Point) -> Rect:
    """Return the rectangle whose opposite corner pixels are the two points, both included."""
    x, y = min(one.x, other.x), min(one.y, other.y)
    return Rect(x, y, abs(one.x - other.x) + 1, abs(one.y - other.y) + 1)


def cover(left: float, top: float, right: float, bottom: float, size: Size) -> Rect:
    """Return the smallest rectangle of pixels that covers the given edges within a picture: never empty.

    Edges are fractions of pixels; edges outside the picture of `size` are moved onto it.
    """
    x, width = _cover_axis(left, right, size.width)
    y, height = _cover_axis(top, bottom, size.height)
    return Rect(x, y, width, height)


def _cover_axis(start: float, end: float, pixels: int) -> tuple[int, int]:
    first = min(max(math.floor(start + _SLACK), 0), pixels - 1)
    last = min(max(math.ceil(end - _SLACK), first + 1), pixels)
    return first, last - first


def fit(rect: Rect, size: Size) -> Rect:
    """Return `rect` moved into the picture, cut only where it is larger than the picture."""
    width, height = min(rect.width, size.width), min(rect.height, size.height)
    x = min(max(rect.x, 0), size.width - width)
    y = min(max(rect.y, 0), size.height - height)
    return Rect(x, y, width, height)


def clamp(point: Point, size: Size) -> Point:
    """Return the nearest pixel of the picture."""
    return Point(min(max(point.x, 0), size.width - 1), min(max(point.y, 0), size.height - 1))


def split(screens: Sequence[Rect], size: Size) -> list[Rect]:
    """Cut one picture of the whole desktop, of `size` pixels, into those of its screens.

    `screens` are logical rectangles on the desktop, whose top left may be negative.
    """
    left, top = min(screen.x for screen in screens), min(screen.y for screen in screens)
    across = size.width / (max(screen.right for screen in screens) - left)
    down = size.height / (max(screen.bottom for screen in screens) - top)
    return [
        cover(
            (screen.x - left) * across,
            (screen.y - top) * down,
            (screen.right - left) * across,
            (screen.bottom - top) * down,
            size,
        )
        for screen in screens
    ]


def magnifier_source(cursor: Point, radius: int, size: Size) -> tuple[Rect, Point]:
    """Return the pixels around `cursor` that exist, and where they begin in a square of 2 * `radius` + 1 pixels."""
    wanted = Rect(cursor.x - radius, cursor.y - radius, 2 * radius + 1, 2 * radius + 1)
    x, y = max(wanted.x, 0), max(wanted.y, 0)
    source = Rect(x, y, min(wanted.right, size.width) - x, min(wanted.bottom, size.height) - y)
    return source, Point(x - wanted.x, y - wanted.y)


def write_region(region: Region) -> str:
    """Return the region as one line of text: `name|x,y,width,height`."""
    rect = region.rect
    return f"{region.screen}|{rect.x},{rect.y},{rect.width},{rect.height}"


def read_region(text: str) -> Region | None:
    """Return the region that `write_region` wrote, or None when the text is anything else."""
    screen, bar, numbers = text.rpartition("|")
    try:
        x, y, width, height = (int(number) for number in numbers.split(","))
    except ValueError:
        return None
    if not bar or width < 1 or height < 1:
        return None
    return Region(screen, Rect(x, y, width, height))


def find_region(region: Region, screens: Sequence[tuple[str, Size]]) -> tuple[int, Rect] | None:
    """Return the screen that shows the region now and the region's pixels there, moved in where it has shrunk.

    None when that screen has gone: another one shows something else at the same place. A desktop that has only one
    screen may give it a new name at every start, so a single screen stands for a single screen.
    """
    names = [name for name, _ in screens]
    if region.screen in names:
        index = names.index(region.screen)
    elif len(screens) == 1:
        index = 0
    else:
        return None
    return index, fit(region.rect, screens[index][1])
