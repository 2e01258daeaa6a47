"""Pixels of the drawings that `render` makes, without a window system: filled outlines and bars, nothing else."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from app.formula.normalise import Ink

Point = tuple[float, float]

FINER: Final = 6
"""Each pixel is drawn as this many times this many."""
SEGMENTS: Final = 4
"""Straight pieces of a curve."""
_PART: Final = re.compile(r"([MLQCZ])([^MLQCZ]*)")
_CURVES: Final = {"Q": 2, "C": 3}
"""Command of a path to the points it takes (SVG 1.1, section 8.3)."""


def rasterise(svg: bytes, scale: float = 1.0) -> Ink:
    """Return the ink of a drawing, `scale` pixels for each of its units; shape (H, W), 0 paper to 1."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    left, top, width, height = map(float, root.get("viewBox", "0 0 1 1").split())
    grain = scale * FINER
    size = (max(1, int(np.ceil(width * scale))) * FINER, max(1, int(np.ceil(height * scale))) * FINER)
    canvas = Image.new("L", size, 0)
    pen = ImageDraw.Draw(canvas)

    def placed(point: Point) -> Point:
        return (point[0] - left) * grain, (point[1] - top) * grain

    for element in root.iter():
        if element.tag.endswith("rect"):
            x, y, across, down = (float(element.get(name, 0)) for name in ("x", "y", "width", "height"))
            (x0, y0), (x1, y1) = placed((x, y)), placed((x + across, y + down))
            pen.rectangle((x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)), fill=255)
        elif element.tag.endswith("path"):
            _fill(pen, [[placed(point) for point in outline] for outline in _outlines(element.get("d", ""))])
    ink: Ink = np.asarray(canvas.reduce(FINER), dtype=np.float32) / np.float32(255)
    return ink


def _fill(pen: ImageDraw.ImageDraw, outlines: list[list[Point]]) -> None:
    """Fill a glyph: outlines that turn like its largest one are ink, the others are holes."""
    whole = [outline for outline in outlines if len(outline) > 1]
    turns = sorted(((_turn(outline), outline) for outline in whole), key=lambda each: -abs(each[0]))
    for turn, outline in turns:
        pen.polygon(outline, fill=255 if turn * turns[0][0] > 0 else 0)


def _turn(outline: list[Point]) -> float:
    """Return twice the area within an outline, negative when it runs the other way round."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise([*outline, outline[0]]))


def _outlines(path: str) -> list[list[Point]]:
    """Return the outlines of a path with absolute coordinates, curves as straight pieces."""
    outlines: list[list[Point]] = []
    for command, text in _PART.findall(path):
        numbers = [float(number) for number in text.replace(",", " ").split()]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "M":
            outlines.append(points)
        elif command == "L":
            outlines[-1] += points
        elif command in _CURVES:
            step = _CURVES[command]
            for first in range(0, len(points), step):
                outlines[-1] += _curve([outlines[-1][-1], *points[first : first + step]])
    return outlines


def _weights(order: int) -> NDArray[np.float64]:
    """Return the Bernstein polynomials of a curve at its pieces' ends, shape (pieces, order + 1)."""
    at = np.arange(1, SEGMENTS + 1)[:, None] / SEGMENTS
    places = np.arange(order + 1)
    binomials = np.array([[1, 2, 1, 0], [1, 3, 3, 1]][order - 2][: order + 1])
    weights: NDArray[np.float64] = binomials * at**places * (1 - at) ** (order - places)
    return weights


_BERNSTEIN: Final = {order: _weights(order).tolist() for order in _CURVES.values()}


def _curve(points: list[Point]) -> list[Point]:
    """Return the ends of the pieces of a Bezier curve, its first point left out."""
    return [
        (
            sum(weight * x for weight, (x, _) in zip(row, points, strict=True)),
            sum(weight * y for weight, (_, y) in zip(row, points, strict=True)),
        )
        for row in _BERNSTEIN[len(points) - 1]
    ]
