"""Ramps through given colours, even to the eye: equal steps along a path in CAM02-UCS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from app.core.errors import InputError
from app.core.i18n import tr
from app.palette import colour as colours
from app.palette.appearance import from_ucs, to_ucs
from app.palette.colour import Floats
from app.palette.palette import Kind, Palette

LEVELS: Final = 256
"""Colours of a ramp that stands for a continuous one."""
PALE: Final = 96.0
"""Lightness J' of the light end and of the middle that are added where none is given."""
DARK: Final = 22.0
"""Lightness J' of the dark end."""
_PALE_COLOURFULNESS: Final = 4.0
FINE: Final = 257
"""Points that a path is measured by."""
_HALVINGS: Final = 12
"""Steps of the search for the share of its colourfulness with which a screen can show a colour.

With fewer the share jumps from point to point, which makes the path longer, the more so the finer it is measured.
"""
_MOST_STOPS: Final = 3
_TOLERANCE: Final = 1e-6


def ramp(stops: Sequence[str], kind: Kind = Kind.SEQUENTIAL, count: int = LEVELS, name: str = "") -> Palette:
    """Return `count` colours through 1 to 3 colours "#rrggbb".

    Sequential: lightness goes evenly from the first to the last, or from a pale to a dark tone of a single colour.
    Diverging: two ends of equal lightness and a middle, pale grey unless three colours are given. What a screen cannot
    show loses colourfulness. Raises `InputError` for another number of colours or another kind.
    """
    least = {Kind.SEQUENTIAL: 1, Kind.DIVERGING: 2}.get(kind)
    if least is None:
        raise InputError(tr("Ramps are sequential or diverging."))
    if not least <= len(stops) <= _MOST_STOPS:
        raise InputError(
            tr(
                "A ramp goes through {least} to {most} colours, not {count}.",
                least=least,
                most=_MOST_STOPS,
                count=len(stops),
            )
        )
    points = to_ucs(colours.to_rgb(stops))
    places = np.linspace(0, 1, count)
    path = _diverging(points, places) if kind is Kind.DIVERGING else evenly(_sequential(points), places)
    return Palette(name, colours.to_hex(from_ucs(path)), kind)


def _sequential(points: Floats) -> Floats:
    """Return a path (m, 3) through points whose lightness goes evenly from the first to the last."""
    if len(points) == 1:
        points = _tones(points[0])
    place = np.linspace(0, 1, FINE)
    path = _smooth(points, place)
    path[:, 0] = points[0, 0] + place * (points[-1, 0] - points[0, 0])
    return within_gamut(path)


def _tones(point: Floats) -> Floats:
    """Return a pale tone of a colour, the colour with the lightness between, and a dark one."""
    hue = point[1:] / max(float(np.hypot(*point[1:])), _TOLERANCE)
    pale, dark = np.array([PALE, *_PALE_COLOURFULNESS * hue]), np.array([DARK, *0.6 * point[1:]])
    return np.array([pale, [(PALE + DARK) / 2, *point[1:]], dark])


def _diverging(points: Floats, places: Floats) -> Floats:
    """Return the colours at `places`, 0 to 1, of a path with its middle at 0.5 and ends of one lightness."""
    middle = points[1] if len(points) == _MOST_STOPS else np.array([PALE, 0.0, 0.0])
    ends = points[[0, -1]]
    ends[:, 0] = ends[:, 0].mean()
    fine = np.linspace(0, 1, FINE)
    arms = [evenly(within_gamut(_smooth(np.array([middle, end]), fine)), np.abs(2 * places - 1)) for end in ends]
    return np.where(places[:, None] < 0.5, arms[0], arms[1])  # noqa: PLR2004 - the middle


def _smooth(points: Floats, place: Floats) -> Floats:
    """Return the straight line or the parabola through two or three points at `place`, 0 to 1."""
    if len(points) == 2:  # noqa: PLR2004 - a line
        return np.asarray(points[0] + place[:, None] * (points[1] - points[0]))
    weights = [2 * (place - 0.5) * (place - 1), -4 * place * (place - 1), 2 * place * (place - 0.5)]
    parabola: Floats = np.stack(weights, axis=1) @ points
    return parabola


def within_gamut(path: Floats) -> Floats:
    """Return colours (m, 3) in CAM02-UCS with as much of their colourfulness as a screen can show, by bisection."""
    share = np.where(_fits(path), 1.0, 0.0)
    beyond = np.where(share, share, 1.0)
    for _ in range(_HALVINGS):
        middle = (share + beyond) / 2
        fits = _fits(_weakened(path, middle))
        share, beyond = np.where(fits, middle, share), np.where(fits, beyond, middle)
    return _weakened(path, share)


def _weakened(path: Floats, share: Floats) -> Floats:
    """Return colours (m, 3) with a share (m,) of their colourfulness."""
    return path * np.stack([np.ones_like(share), share, share], axis=1)


def _fits(path: Floats) -> npt.NDArray[np.bool_]:
    """Tell which colours (m, 3) a screen can show."""
    rgb = from_ucs(path)
    return np.asarray(((rgb >= -_TOLERANCE) & (rgb <= 1 + _TOLERANCE)).all(axis=-1))


def evenly(path: Floats, places: Floats, steps: Floats | None = None) -> Floats:
    """Return the points of a path (m, 3) at shares of its length, 0 to 1; `steps` (m - 1,) are its own if None."""
    own = np.linalg.norm(np.diff(path, axis=0), axis=1) if steps is None else steps
    length = np.concatenate([[0.0], np.cumsum(own)])
    return np.stack([np.interp(places * length[-1], length, column) for column in path.T], axis=1)
