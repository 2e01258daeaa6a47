"""How far the drawing of an answer agrees with the picture it was read in, and where the two differ.

Fonts differ in their widths and forms, so pixels cannot be compared one by one. Both pictures are cut into narrow
columns, and the columns are aligned by dynamic time warping (Sakoe and Chiba, "Dynamic programming algorithm
optimization for spoken word recognition", 1978), the heights of their ink being what is compared. A column that is
aligned with more than one costs a part of its ink, or a letter too many would hide behind the one beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.formula.engine import NoFormula
from app.formula.normalise import GLYPH_HEIGHT, INK_THRESHOLD, Ink, Normalised, normalise, resized
from app.formula.raster import rasterise

Columns = NDArray[np.float32]
"""Shape (columns, rows): how much ink there is."""
Costs = NDArray[np.float32]

SIZE: Final = 12.0
"""Pixels: the median height of the glyphs where pictures are compared; all that follows is fitted to it."""
WIDTH: Final = 2
"""Pixels that make a column."""
HEIGHT: Final = 2
"""Pixels that make a row."""
MOST_COLUMNS: Final = 400
"""Wider pictures have wider columns: the time grows with the square of their number."""
EQUAL_HEIGHT: Final = 0.08
"""Formulas in two fonts differ in height by up to this share."""
STRETCHING: Final = 0.7
"""Share of its ink that a column costs each time it is aligned with one more column."""
DIFFERENT: Final = (0.5, 2.5, 0.9)
"""Cost of the alignment as a share of the ink, where the two show different things: at least the first, at most the
last, and so many times the share of the whole, which two fonts alone can bring to 0.4.

Fitted with the three below on 422 pictures in other fonts: of right answers one in seventeen is marked somewhere, of
answers that lack one letter one in four, of those that lack a summand nearly all.
"""
SMOOTHING: Final = 7
"""Columns, about the width of a letter, over which that share is taken."""
FAINT: Final = 3.0
"""Ink of two aligned columns, in pixels, below which a difference is that of a thin line's place."""
LEAST: Final = 4
"""Columns with ink in a difference; fewer are a matter of the fonts."""


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
    left: float
    top: float
    """Where `ink` lies in the pixels of `origin`."""
    origin: Normalised
    width: int
    """Pixels of a column."""

    @classmethod
    def of(cls, origin: Normalised) -> Sketch:
        """Return the sketch of a normalised picture. Raises `NoFormula` for one without ink."""
        factor = SIZE / GLYPH_HEIGHT
        origin = replace(origin, pixels=resized(origin.pixels, factor), scale=origin.scale * factor)
        dark = origin.pixels > INK_THRESHOLD
        rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
        if not len(rows):
            raise NoFormula
        ink = origin.pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        return cls._of_ink(ink, float(columns[0]), float(rows[0]), origin)

    @classmethod
    def _of_ink(cls, ink: Ink, left: float, top: float, origin: Normalised) -> Sketch:
        width = max(WIDTH, -(-ink.shape[1] // MOST_COLUMNS))
        return cls(_columns(ink, width), ink, left, top, origin, width)

    @classmethod
    def of_picture(cls, picture: Image.Image) -> Sketch:
        """Return the sketch of a picture. Raises `NoFormula`."""
        return cls.of(normalise(picture))

    @classmethod
    def of_drawing(cls, svg: bytes) -> Sketch:
        """Return the sketch of a drawing of `render`. Raises `NoFormula` for an empty one."""
        return cls.of_picture(Image.fromarray(((1 - rasterise(svg)) * 255).astype(np.uint8)))

    def scaled(self, factor: float) -> Sketch:
        """Return the sketch of the same picture at another size."""
        height, width = (max(1, round(side * factor)) for side in self.ink.shape)
        ink: Ink = np.asarray(Image.fromarray(self.ink).resize((width, height), Image.Resampling.BILINEAR))
        origin = replace(self.origin, scale=self.origin.scale * factor)
        return self._of_ink(ink, self.left * factor, self.top * factor, origin)

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
    """Return how far two sketches agree, and where they do not.

    Both were brought to one size by the height of their letters, which is off where a formula has few of them; the
    better of that and of equal heights of the whole counts.
    """
    found = _compared(picture, drawing)
    ratio = picture.ink.shape[0] / drawing.ink.shape[0]
    if abs(ratio - 1) <= EQUAL_HEIGHT:
        return found
    return max(found, _compared(picture, drawing.scaled(ratio)), key=lambda each: each.share)


def _compared(picture: Sketch, drawing: Sketch) -> Agreement:
    first, second = _levelled(picture.columns, drawing.columns)
    steps = _Steps.between(first, second)
    total = _totals(steps)
    share = 1 - float(total[-1, -1]) / max(float(first.sum() + second.sum()), 1e-6)
    path = _path(total, steps)
    costs = np.diff(total[path[:, 0], path[:, 1]], prepend=0)
    least, times, most = DIFFERENT
    runs = _runs(costs, _new_ink(path, first, second), min(most, max(least, times * (1 - share))))
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


class _Steps(NamedTuple):
    """What it costs to arrive at each pair of columns, shape (n, m) each."""

    both: Costs
    """From the pair before in both."""
    first: Costs
    """From the pair before in the first; the column of the second is aligned once more."""
    second: Costs

    @classmethod
    def between(cls, first: Columns, second: Columns) -> _Steps:
        """Return the costs between columns (n, rows) and (m, rows): the ink that they do not share, and stretching."""
        apart: Costs = np.abs(first[:, None] - second[None]).sum(axis=2)
        return cls(apart, apart + STRETCHING * first.sum(axis=1)[:, None], apart + STRETCHING * second.sum(axis=1))


def _totals(steps: _Steps) -> Costs:
    """Return the cost of the cheapest alignment up to each pair of columns, one anti-diagonal after the other."""
    rows, columns = steps.both.shape
    total = np.full((rows + 1, columns + 1), np.inf, dtype=np.float32)
    total[0, 0] = 0
    flat, width = total.reshape(-1), columns + 1
    for diagonal in range(2, rows + columns + 1):
        low, high = max(1, diagonal - columns), min(rows, diagonal - 1)
        places = np.arange(low, high + 1) * columns + diagonal  # row x (columns + 1) + (diagonal - row)
        here = places // width - 1, places % width - 1
        alone = np.minimum(flat[places - width] + steps.first[here], flat[places - 1] + steps.second[here])
        flat[places] = np.minimum(flat[places - width - 1] + steps.both[here], alone)
    return total[1:, 1:]


def _path(total: Costs, steps: _Steps) -> NDArray[np.int64]:
    """Return the pairs of columns of the cheapest alignment, shape (length, 2), from left to right."""
    pairs = [(total.shape[0] - 1, total.shape[1] - 1)]
    while pairs[-1] != (0, 0):
        pairs.append(_before(*pairs[-1], total, steps))
    return np.array(pairs[::-1])


def _before(row: int, column: int, total: Costs, steps: _Steps) -> tuple[int, int]:
    """Return the pair that the cheapest alignment has before this one."""
    ways = {(row - 1, column - 1): steps.both, (row - 1, column): steps.first, (row, column - 1): steps.second}
    possible = (pair for pair in ways if min(pair) >= 0)
    return min(possible, key=lambda pair: float(total[pair] + ways[pair][row, column]))


def _new_ink(path: NDArray[np.int64], first: Columns, second: Columns) -> Costs:
    """Return the ink of both columns of each pair of the path, of a column that comes again 0."""
    sides = zip(path.T, (first, second), strict=True)
    ink: Costs = sum(side.sum(axis=1)[places] * (np.diff(places, prepend=-1) > 0) for places, side in sides)
    return ink


def _runs(costs: Costs, ink: Costs, different: float) -> list[list[int]]:
    """Return the first and last place of every stretch of the path that costs more than `different` of its ink."""
    window = np.ones(SMOOTHING) / SMOOTHING
    share = np.convolve(costs, window, "same") / np.maximum(np.convolve(ink, window, "same"), FAINT)
    found, place = [], 0
    for differs, group in groupby(share > different):
        length = len(list(group))
        if differs and np.count_nonzero(ink[place : place + length] > 1) >= LEAST:
            found.append([place, place + length - 1])
        place += length
    return found
