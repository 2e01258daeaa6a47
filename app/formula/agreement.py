"""How far the drawing of an answer agrees with the picture it was read in, and where the two differ.

Fonts differ in their widths and forms, so pixels cannot be compared one by one. Both pictures are cut into narrow
columns, and the columns are aligned by dynamic time warping (Sakoe and Chiba, "Dynamic programming algorithm
optimization for spoken word recognition", 1978), the heights of their ink being what is compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.formula.engine import NoFormula
from app.formula.normalise import INK_THRESHOLD, Ink, Normalised, normalise
from app.formula.raster import rasterise

Columns = NDArray[np.float32]
"""Shape (columns, rows): how much ink there is."""
Costs = NDArray[np.float32]

WIDTH: Final = 3
"""Pixels of the network's input that make a column."""
HEIGHT: Final = 2
"""Pixels of it that make a row."""
MOST_COLUMNS: Final = 400
"""Wider pictures have wider columns: the time grows with the square of their number."""
DIFFERENT: Final = 0.65
"""Share of the ink of aligned columns, where they differ in more than that they show different things."""
SMOOTHING: Final = 5
"""Columns, about the width of a letter, over which that share is taken."""
LEAST: Final = 2
"""Columns of a difference; fewer are a matter of the fonts."""


class Box(NamedTuple):
    """A part of a picture in pixels."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Agreement:
    """What a comparison found."""

    share: float
    """0 nothing agrees, 1 everything does; two fonts seldom agree in more than 0.9."""
    picture: tuple[Box, ...] = ()
    """Parts of the picture that the drawing has not, in pixels of the picture."""
    drawing: tuple[Box, ...] = ()
    """Parts of the drawing that the picture has not, in the drawing's units from its upper left corner."""


@dataclass(frozen=True)
class Sketch:
    """A picture as it is compared: made once, compared with many."""

    columns: Columns
    ink: Ink
    left: int
    top: int
    """Where `ink` lies in the network's input."""
    origin: Normalised
    width: int
    """Pixels of a column."""

    @classmethod
    def of(cls, origin: Normalised) -> Sketch:
        """Return the sketch of a normalised picture. Raises `NoFormula` for one without ink."""
        dark = origin.pixels > INK_THRESHOLD
        rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
        if not len(rows):
            raise NoFormula
        ink = origin.pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        width = max(WIDTH, -(-ink.shape[1] // MOST_COLUMNS))
        return cls(_columns(ink, width), ink, int(columns[0]), int(rows[0]), origin, width)

    @classmethod
    def of_picture(cls, picture: Image.Image) -> Sketch:
        """Return the sketch of a picture. Raises `NoFormula`."""
        return cls.of(normalise(picture))

    @classmethod
    def of_drawing(cls, svg: bytes) -> Sketch:
        """Return the sketch of a drawing of `render`. Raises `NoFormula` for an empty one."""
        return cls.of_picture(Image.fromarray(((1 - rasterise(svg)) * 255).astype(np.uint8)))

    def box(self, first: int, last: int) -> Box | None:
        """Return the ink of the columns `first` to `last` as a part of the original, None where there is none."""
        start, end = first * self.width, min((last + 1) * self.width, self.ink.shape[1])
        dark = self.ink[:, start:end] > INK_THRESHOLD
        rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
        if not len(rows):
            return None
        across, down, scale = self.left + start, self.top, self.origin.scale
        return Box(
            float(self.origin.left + (across + columns[0]) / scale),
            float(self.origin.top + (down + rows[0]) / scale),
            float(self.origin.left + (across + columns[-1] + 1) / scale),
            float(self.origin.top + (down + rows[-1] + 1) / scale),
        )


def compare(picture: Sketch, drawing: Sketch) -> Agreement:
    """Return how far two sketches agree, and where they do not."""
    first, second = _levelled(picture.columns, drawing.columns)
    apart = _distances(first, second)
    total = _totals(apart)
    share = 1 - float(total[-1, -1]) / max(float(first.sum() + second.sum()), 1e-6)
    path = _path(total)
    ink = first.sum(axis=1)[path[:, 0]] + second.sum(axis=1)[path[:, 1]]
    runs = _runs(apart[path[:, 0], path[:, 1]], ink)
    return Agreement(
        max(share, 0.0),
        tuple(box for run in runs if (box := picture.box(*path[run, 0]))),
        tuple(box for run in runs if (box := drawing.box(*path[run, 1]))),
    )


def _columns(ink: Ink, width: int) -> Columns:
    """Return the ink of each column and row, evened out over neighbouring rows: letters of fonts differ in height."""
    rows, columns = (-(-side // step) for side, step in zip(ink.shape, (HEIGHT, width), strict=True))
    padded = np.zeros((rows * HEIGHT, columns * width), dtype=np.float32)
    padded[: ink.shape[0], : ink.shape[1]] = ink
    cells = padded.reshape(rows, HEIGHT, columns, width).sum(axis=(1, 3)).T
    wide = np.pad(cells, ((0, 0), (1, 1)))
    even: Columns = (wide[:, :-2] + 2 * wide[:, 1:-1] + wide[:, 2:]) / 4
    return even


def _levelled(first: Columns, second: Columns) -> tuple[Columns, Columns]:
    """Return both with as many rows, moved so that most of their ink is at one height."""
    if first.shape[1] > second.shape[1]:
        larger, smaller = _levelled(second, first)
        return smaller, larger
    spare = second.shape[1] - first.shape[1]
    here, there = (columns.sum(axis=0) / max(float(columns.sum()), 1e-6) for columns in (first, second))
    common = [float(np.minimum(here, there[top : top + len(here)]).sum()) for top in range(spare + 1)]
    top = int(np.argmax(common))
    return np.pad(first, ((0, 0), (top, spare - top))), second


def _distances(first: Columns, second: Columns) -> Costs:
    """Return how much ink each column of `first` and each of `second` do not share, shape (n, m)."""
    distances: Costs = np.abs(first[:, None] - second[None]).sum(axis=2)
    return distances


def _totals(apart: Costs) -> Costs:
    """Return the cost of the cheapest alignment up to each pair of columns, one anti-diagonal after the other."""
    rows, columns = apart.shape
    total = np.full((rows + 1, columns + 1), np.inf, dtype=np.float32)
    total[0, 0] = 0
    flat, width = total.reshape(-1), columns + 1
    for diagonal in range(2, rows + columns + 1):
        low, high = max(1, diagonal - columns), min(rows, diagonal - 1)
        places = np.arange(low, high + 1) * columns + diagonal  # row x (columns + 1) + (diagonal - row)
        before = np.minimum(np.minimum(flat[places - width], flat[places - 1]), flat[places - width - 1])
        flat[places] = before + apart[places // width - 1, places % width - 1]
    return total[1:, 1:]


def _path(total: Costs) -> NDArray[np.int64]:
    """Return the pairs of columns of the cheapest alignment, shape (length, 2), from left to right."""
    row, column = (side - 1 for side in total.shape)
    pairs = [(row, column)]
    while row or column:
        steps = [(row - 1, column - 1), (row - 1, column), (row, column - 1)]
        row, column = min((step for step in steps if min(step) >= 0), key=lambda step: float(total[step]))
        pairs.append((row, column))
    return np.array(pairs[::-1])


def _runs(apart: Costs, ink: Costs) -> list[list[int]]:
    """Return the first and last place of every stretch of the path whose columns differ."""
    window = np.ones(SMOOTHING) / SMOOTHING
    share = np.convolve(apart, window, "same") / np.maximum(np.convolve(ink, window, "same"), 1e-3)
    found, place = [], 0
    for differs, group in groupby(share > DIFFERENT):
        length = len(list(group))
        if differs and length >= LEAST:
            found.append([place, place + length - 1])
        place += length
    return found
