"""Ramps made even: equal steps, lightness that goes one way, arms alike, classes that every reader tells apart.

The hues of the ramp stay, in their order. Its lightness becomes a straight line from end to end, in CAM02-UCS; where
that leaves classes too near, the light end is made lighter and the dark end darker, as little as is enough. Steps are
even to readers with normal vision, or else to those who see least of each step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, product
from typing import Final, TypeAlias

import numpy as np

from app.palette import colour as colours
from app.palette.appearance import from_ucs, to_ucs
from app.palette.colour import Floats
from app.palette.palette import Kind, Palette
from app.palette.ramps import DARK, FINE, PALE, evenly, within_gamut
from app.palette.readers import seen
from app.palette.safety import Standard, check

Measure: TypeAlias = Callable[[Floats], Floats]
"""From a path (m, 3) to the lengths of its steps (m - 1,)."""
_STRETCHES: Final = np.linspace(0, 1, 11)
"""Shares of the way from the lightness of the ends to the palest and the darkest that are tried."""


def even_out(palette: Palette, standard: Standard) -> Palette | None:
    """Return a sequential or diverging ramp, of as many colours, that meets the standard; None: there is none."""
    tried = chain((palette,), _evened(palette, standard))
    return next((each for each in tried if (report := check(each, standard)).is_safe and report.is_sound), None)


def _evened(palette: Palette, standard: Standard) -> Iterator[Palette]:
    """Yield the ramp made even with its own ends, then with ends that are further and further apart."""
    points = to_ucs(colours.to_rgb(palette.colours))
    make = _arms if palette.kind is Kind.DIVERGING else _one_way
    measures: tuple[Measure, ...] = (_steps, partial(_least_steps, standard=standard))
    for measure, stretch in product(measures, _STRETCHES):
        yield Palette(palette.name, colours.to_hex(from_ucs(make(points, stretch, measure))), palette.kind)


def _steps(path: Floats) -> Floats:
    """Return how far apart neighbours of a path (m, 3) are to readers with normal vision (m - 1,)."""
    return np.asarray(np.linalg.norm(np.diff(path, axis=0), axis=1))


def _least_steps(path: Floats, standard: Standard) -> Floats:
    """Return the same to the readers who see least of each step."""
    views = seen(from_ucs(path), standard)
    return np.asarray(np.linalg.norm(np.diff(views, axis=1), axis=-1).min(axis=0))


def _one_way(points: Floats, stretch: float, measure: Measure) -> Floats:
    """Return a sequential ramp (n, 3)."""
    first, last = _stretched(points[0, 0], points[-1, 0], stretch)
    return _straight(points, (first, last), np.linspace(0, 1, len(points)), measure)


def _arms(points: Floats, stretch: float, measure: Measure) -> Floats:
    """Return a diverging ramp (n, 3) whose arms have the same lightness at the same distance from the middle."""
    count = len(points)
    middle = points[(count - 1) // 2 : count // 2 + 1].mean(axis=0, keepdims=True)
    centre, end = _stretched(middle[0, 0], points[[0, -1], 0].mean(), stretch)
    places = np.linspace(-1, 1, count)
    arms = (np.vstack([middle, points[: count // 2][::-1]]), np.vstack([middle, points[(count + 1) // 2 :]]))
    left, right = (_straight(arm, (centre, end), np.abs(places), measure) for arm in arms)
    return np.where(places[:, None] < 0, left, right)


def _stretched(first: float, last: float, stretch: float) -> tuple[float, float]:
    """Return two values of lightness J' that lie further apart."""
    ends = (PALE, DARK) if first > last else (DARK, PALE)
    wider = [near + stretch * (far - near) for near, far in zip((first, last), ends, strict=True)]
    return wider[0], wider[1]


def _straight(points: Floats, ends: tuple[float, float], places: Floats, measure: Measure) -> Floats:
    """Return the hues of points (m, 3), lightness going from end to end, at even `places`, 0 to 1: (n, 3)."""
    fine = np.linspace(0, 1, FINE)
    at = np.linspace(0, 1, len(points))
    path = np.stack([np.interp(fine, at, column) for column in points.T], axis=1)
    path[:, 0] = ends[0] + fine * (ends[1] - ends[0])
    path = within_gamut(path)
    return evenly(path, places, measure(path))
