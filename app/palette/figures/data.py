"""What the sample figures show: made-up measurements, the same on every machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from app.core.i18n import mark
from app.palette.colour import Floats

FIGURES: Final[Mapping[str, str]] = {
    "line": mark("Line plot"),
    "scatter": mark("Scatter plot"),
    "bar": mark("Bar chart"),
    "heatmap": mark("Heat map"),
    "contour": mark("Contour plot"),
    "choropleth": mark("Choropleth map"),
    "confusion": mark("Confusion matrix"),
    "map": mark("Map of classes"),
}
"""Key to marked title, in the order in which they are shown."""
MOST_SERIES: Final = 12
"""Series drawn at most: a figure with more cannot be read in any colours."""
CLASSES: Final = 4
"""Classes of the confusion matrix."""
_POINTS: Final = 24
_SCATTERED: Final = 26
GROUPS: Final = 4
"""Groups of bars."""
_SEED: Final = 7


@dataclass(frozen=True)
class Series:
    """One series: places (n,), values (n,), and what it is called."""

    name: str
    x: Floats
    y: Floats


@dataclass(frozen=True)
class Table:
    """Series of the user's own figure, with the names of the places where those are words."""

    title: str
    series: tuple[Series, ...]
    labels: tuple[str, ...] = ()
    kind: str = "line"
    """"line", "scatter", "bar" or "heatmap"."""


@dataclass(frozen=True)
class Sample:
    """The data of all sample figures, of `MOST_SERIES` series."""

    curves: Sequence[Series]
    clouds: Sequence[Series]
    bars: Floats
    """(series, groups), 0 to 1."""
    field: Floats
    """(rows, columns): heat map and contours, -1 to 1."""
    confusion: Floats
    """(classes, classes): rows add up to 1."""


@cache
def sample() -> Sample:
    """Return the data of the sample figures."""
    chance = np.random.default_rng(_SEED)
    return Sample(
        _curves(chance), _clouds(chance), chance.uniform(0.35, 1, (MOST_SERIES, GROUPS)), _field(), _confusion(chance)
    )


def _curves(chance: np.random.Generator) -> list[Series]:
    """Return learning curves that cross and end apart."""
    epochs = np.arange(1, _POINTS + 1, dtype=np.float64)
    speeds = chance.permutation(np.linspace(2.5, 14, MOST_SERIES))
    ends = np.linspace(0.95, 0.35, MOST_SERIES)[chance.permutation(MOST_SERIES)]
    noise = chance.normal(0, 0.008, (MOST_SERIES, _POINTS))
    return [
        Series(f"m{place + 1}", epochs, end * (1 - np.exp(-epochs / speed)) + noise[place])
        for place, (end, speed) in enumerate(zip(ends, speeds, strict=True))
    ]


def _clouds(chance: np.random.Generator) -> list[Series]:
    """Return clusters that overlap a little, as embeddings do."""
    angles = 2.4 * np.arange(MOST_SERIES)
    radii = 1.1 * np.sqrt(np.arange(MOST_SERIES) + 0.5)
    middles = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)
    points = middles[:, None] + chance.normal(0, 0.55, (MOST_SERIES, _SCATTERED, 2))
    return [Series(f"m{place + 1}", *points[place].T) for place in range(MOST_SERIES)]


def _field() -> Floats:
    """Return a smooth field with two peaks and two hollows."""
    x, y = np.meshgrid(np.linspace(-2.6, 2.6, 60), np.linspace(-2, 2, 44))
    field: Floats = 1.9 * x * np.exp(-(x**2) - 0.8 * y**2) + 0.45 * np.sin(2 * y) * np.cos(1.3 * x)
    return np.asarray(field / np.abs(field).max())


def _confusion(chance: np.random.Generator) -> Floats:
    """Return how often each class was taken for each."""
    rates = chance.dirichlet(np.full(CLASSES, 0.7), CLASSES) * 0.45 + 0.55 * np.eye(CLASSES)
    return np.asarray(rates / rates.sum(axis=1, keepdims=True))
