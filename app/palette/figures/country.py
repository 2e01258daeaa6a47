"""A country that does not exist, with its districts, for maps: borders are jagged, neighbours have alike values.

Beside districts in order it has a disturbed part, as the sample map of ColorBrewer has: there each district has a
random class, so that a colour has to be recognised among any neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from app.palette.colour import Floats

COLUMNS: Final = 15
ROWS: Final = 10
_SEED: Final = 11
_JITTER: Final = 0.33
"""Share of a district's width that its corners are moved by."""
_BENDS: Final = 2
"""Times that each border is bent in its middle."""
_BEND: Final = 0.16


@dataclass(frozen=True)
class Country:
    """Districts as polygons, 0 to 1 in both directions, with a value each."""

    districts: tuple[Floats, ...]
    """Each (points, 2)."""
    values: Floats
    """(districts,), 0 to 1: alike in neighbours."""
    shuffled: Floats
    """(districts,), 0 to 1: at random in the right half, as `values` in the left."""
    road: Floats
    """(points, 2)."""
    towns: Floats
    """(towns, 2)."""


@cache
def country() -> Country:
    """Return the country, the same every time."""
    chance = np.random.default_rng(_SEED)
    corners = _corners(chance)
    across = _bent(corners[:, :-1], corners[:, 1:], chance)
    down = _bent(corners[:-1], corners[1:], chance)
    places = [(row, column) for row in range(ROWS) for column in range(COLUMNS) if _is_land(row, column)]
    districts = tuple(_district(across, down, row, column) for row, column in places)
    middles = np.array([district.mean(axis=0) for district in districts])
    values = _values(middles)
    shuffled = np.where(middles[:, 0] > 0.5, chance.random(len(values)), values)  # noqa: PLR2004 - the middle
    walk = np.linspace(0.08, 0.92, 40)
    road = np.stack([walk, 0.5 + 0.18 * np.sin(5 * walk) + 0.03 * np.sin(31 * walk)], axis=1)
    return Country(districts, values, shuffled, road, road[[4, 15, 27, 36]])


def _corners(chance: np.random.Generator) -> Floats:
    """Return the corners of all districts (rows + 1, columns + 1, 2)."""
    x, y = np.meshgrid(np.linspace(0, 1, COLUMNS + 1), np.linspace(0, 1, ROWS + 1))
    moves = chance.uniform(-_JITTER, _JITTER, (ROWS + 1, COLUMNS + 1, 2)) / np.array([COLUMNS, ROWS])
    return np.asarray(np.stack([x, y], axis=-1) + moves)


def _bent(starts: Floats, ends: Floats, chance: np.random.Generator) -> Floats:
    """Return jagged lines (..., points, 2) from starts (..., 2) to ends (..., 2)."""
    line = np.stack([starts, ends], axis=-2)
    for _ in range(_BENDS):
        first, second = line[..., :-1, :], line[..., 1:, :]
        aside = np.stack([first[..., 1] - second[..., 1], second[..., 0] - first[..., 0]], axis=-1)
        middles = (first + second) / 2 + chance.uniform(-_BEND, _BEND, first.shape[:-1])[..., None] * aside
        joined = np.empty((*line.shape[:-2], 2 * line.shape[-2] - 1, 2))
        joined[..., ::2, :], joined[..., 1::2, :] = line, middles
        line = joined
    return line


def _is_land(row: int, column: int) -> bool:
    """Return whether there is land: an ellipse with a bay in the south."""
    x, y = (column + 0.5) / COLUMNS - 0.5, (row + 0.5) / ROWS - 0.5
    in_bay = abs(x + 0.08) < 0.07 and y < -0.3  # noqa: PLR2004 - a shape
    return x**2 + y**2 < 0.24 and not in_bay  # noqa: PLR2004 - a shape


def _district(across: Floats, down: Floats, row: int, column: int) -> Floats:
    """Return the border of a district once around."""
    sides: Sequence[Floats] = (
        across[row, column],
        down[row, column + 1],
        across[row + 1, column][::-1],
        down[row, column][::-1],
    )
    return np.concatenate([side[:-1] for side in sides])


def _values(middles: Floats) -> Floats:
    x, y = middles.T
    values = np.sin(3.1 * x + 0.6) * np.cos(2.2 * y - 0.4) + 0.35 * x
    return np.asarray((values - values.min()) / (values.max() - values.min()))
