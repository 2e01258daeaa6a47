"""New palettes: n colours whose smallest distance to any reader is as large as can be found.

A max-min dispersion: an iterated exchange search over a grid of the colours allowed, then steps of single levels. The
answer depends on the wishes and the seed only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from app.core.errors import InputError
from app.core.i18n import tr
from app.core.progress import NoProgress, Progress
from app.palette import colour as colours
from app.palette.appearance import to_ucs
from app.palette.palette import Kind, Palette
from app.palette.readers import distances, nearby, pair_distances, seen
from app.palette.safety import Standard

FEWEST: Final = 2
MOST: Final = 20
"""Colours that can be made: of more not even readers with normal vision tell all apart in a plot."""
LIGHTNESS: Final = (35.0, 85.0)
"""Lightness J' of a palette unless wished otherwise: neither black nor too pale for a line."""
HUE_WIDTH: Final = 22.5
"""Degrees that a colour may be away from the hue that was wished for it."""
COLOURFULNESS: Final = 40.0
"""Greatest colourfulness (CAM02-UCS) unless wished otherwise: more of it glows on a screen and cannot be printed."""
_COLOURFUL: Final = 15.0
"""Colourfulness from which a colour has a hue that people name."""
_LEVELS: Final = 18
"""Levels of each channel in the grid that is searched."""
_ROUNDS: Final = 900
_KICK: Final = 3
"""Colours thrown anew when the search is stuck."""
_REACHES: Final = (12, 6, 3, 2, 1)
_TRIES: Final = 96
_STEPS: Final = 14
"""Steps with each reach of the last, fine part."""
_REPORTED: Final = 50


@dataclass(frozen=True)
class Wishes:
    """What a new palette should be like. Raises `InputError` for wishes that contradict themselves."""

    count: int
    pinned: tuple[str, ...] = ()
    """Colours "#rrggbb" that it has to have; they come first."""
    hues: tuple[float, ...] = ()
    """Hue angles (CAM02-UCS, degrees) that it has to have, see `hue_of`."""
    lightness: tuple[float, float] = LIGHTNESS
    """Least and greatest lightness J', 0 to 100; pinned colours may be outside."""
    colourfulness: float = COLOURFULNESS
    """Greatest colourfulness; pinned colours may have more. The most vivid of screens have 46."""
    contrast: float = 1.0
    """Least contrast with the standard's background, 1 to 21 (WCAG); pinned colours may have less."""

    def __post_init__(self) -> None:
        if not FEWEST <= self.count <= MOST:
            raise InputError(
                tr("{fewest} to {most} colours can be made, not {count}.", fewest=FEWEST, most=MOST, count=self.count)
            )
        if len(self.pinned) + len(self.hues) > self.count:
            raise InputError(tr("There are more pinned colours and hues than colours."))
        if not 0 <= self.lightness[0] < self.lightness[1] <= 100:  # noqa: PLR2004 - percent
            raise InputError(tr("Lightness goes from 0 to 100, the least first."))


def hue_of(colour: str) -> float:
    """Return the hue angle of "#rrggbb" in CAM02-UCS, 0 to 360 degrees."""
    _, red_green, yellow_blue = to_ucs(colours.to_rgb([colour]))[0]
    return float(np.degrees(np.arctan2(yellow_blue, red_green)) % 360)


def make(
    wishes: Wishes, standard: Standard | None = None, *, seed: int = 0, name: str = "", progress: Progress | None = None
) -> Palette:
    """Return a palette as `wishes` has it, whose colours differ from each other and from the background.

    Raises `InputError` when no colour fulfils the wishes, `Cancelled`.
    """
    standard = standard or Standard()
    search = _Search(wishes, standard, np.random.default_rng(seed))
    search.exchange(progress or NoProgress())
    search.refine()
    return Palette(name, colours.to_hex(search.in_order()), Kind.QUALITATIVE)


class _Search:
    """The state of one search: the colours chosen so far, those that may not move last."""

    def __init__(self, wishes: Wishes, standard: Standard, chance: np.random.Generator) -> None:
        self._wishes, self._standard, self._chance = wishes, standard, chance
        grid = np.stack(np.meshgrid(*[np.rint(np.linspace(0, 255, _LEVELS))] * 3), axis=-1).reshape(-1, 3) / 255
        allowed = self._allowed(grid, seen(grid, standard))
        if not allowed.any():
            raise InputError(tr("No colour has such a lightness and contrast with the background."))
        self._grid = grid[allowed]
        self._views = seen(self._grid, standard)
        self._free = wishes.count - len(wishes.pinned)
        self._fixed = colours.to_rgb([*wishes.pinned, standard.background])
        self._fixed_views = seen(self._fixed, standard)
        self._slots = [self._candidates(slot) for slot in range(self._free)]
        self._rgb: colours.Floats = np.empty((0, 3))

    def _allowed(self, rgb: colours.Floats, views: colours.Floats) -> npt.NDArray[np.bool_]:
        lowest, highest = self._wishes.lightness
        lightness, red_green, yellow_blue = views[0].T
        allowed: npt.NDArray[np.bool_] = (
            (lightness >= lowest)
            & (lightness <= highest)
            & (np.hypot(red_green, yellow_blue) <= self._wishes.colourfulness)
            & (colours.contrast(rgb, self._standard.background) >= self._wishes.contrast)
        )
        return allowed

    def _has_hue(self, slot: int, views: colours.Floats) -> npt.NDArray[np.bool_]:
        """Return which colours have the hue wished for a place; all of them where none was wished."""
        if slot >= len(self._wishes.hues):
            return np.ones(views.shape[1], np.bool_)
        _, red_green, yellow_blue = views[0].T
        away = np.degrees(np.arctan2(yellow_blue, red_green)) - self._wishes.hues[slot]
        near = np.abs((away + 180) % 360 - 180) <= HUE_WIDTH
        has_hue: npt.NDArray[np.bool_] = near & (np.hypot(red_green, yellow_blue) >= _COLOURFUL)
        return has_hue

    def _candidates(self, slot: int) -> npt.NDArray[np.int64]:
        """Return the colours of the grid that a place may have."""
        found = np.flatnonzero(self._has_hue(slot, self._views))
        if not len(found):
            raise InputError(tr("No colour of such a lightness and contrast has the hue that was wished for."))
        return found

    def exchange(self, progress: Progress) -> None:
        """Search the grid: move one colour of the nearest pair where it is best, throw some anew when stuck."""
        if not self._free:
            return
        chosen = np.array([self._chance.choice(slot) for slot in self._slots])
        rows = distances(self._views[:, chosen], self._views)
        fixed = distances(self._fixed_views, self._views).min(axis=0)
        best, best_value = chosen.copy(), -1.0
        for step in range(_ROUNDS):
            if step % _REPORTED == 0:
                progress.report(step, _ROUNDS)
            moved = self._improve(chosen, rows, fixed)
            value = self._value(chosen, rows, fixed)
            if value > best_value:
                best, best_value = chosen.copy(), value
            if not moved:
                chosen[:] = best
                for slot in self._chance.choice(self._free, min(_KICK, self._free), replace=False):
                    chosen[slot] = self._chance.choice(self._slots[slot])
                rows[:] = distances(self._views[:, chosen], self._views)
        progress.report(_ROUNDS, _ROUNDS)
        self._rgb = self._grid[best]

    def _improve(self, chosen: npt.NDArray[np.int64], rows: colours.Floats, fixed: colours.Floats) -> bool:
        """Move a colour of the nearest pair to where the smallest distance is greatest; tell whether one moved."""
        among = rows[:, chosen]
        np.fill_diagonal(among, np.inf)
        nearest = np.minimum(among.min(axis=1), fixed[chosen])
        for slot in np.argsort(nearest, kind="stable")[:2]:
            others = np.minimum(np.delete(rows, slot, axis=0).min(axis=0, initial=np.inf), fixed)
            allowed = self._slots[slot]
            best = allowed[others[allowed].argmax()]
            if others[best] > nearest[slot] + 1e-9:
                chosen[slot] = best
                rows[slot] = distances(self._views[:, [best]], self._views)[0]
                return True
        return False

    @staticmethod
    def _value(chosen: npt.NDArray[np.int64], rows: colours.Floats, fixed: colours.Floats) -> float:
        among = rows[:, chosen]
        np.fill_diagonal(among, np.inf)
        return float(min(among.min(), fixed[chosen].min()))

    def refine(self) -> None:
        """Move colours of the nearest pair by ever fewer levels as long as that helps."""
        for reach in _REACHES:
            for _ in range(_STEPS):
                if not self._step(reach):
                    break

    def _step(self, reach: int) -> bool:
        views = np.concatenate([seen(self._rgb, self._standard), self._fixed_views], axis=1)
        nearest = pair_distances(views)[: self._free].min(axis=1, initial=np.inf)
        for slot in np.argsort(nearest, kind="stable")[:2]:
            tried = nearby(self._rgb[slot], reach, _TRIES, self._chance)
            views_tried = seen(tried, self._standard)
            allowed = self._allowed(tried, views_tried) & self._has_hue(int(slot), views_tried)
            values = distances(views_tried, np.delete(views, slot, axis=1)).min(axis=1) * allowed
            if values.max() > nearest[slot] + 1e-9:
                self._rgb[slot] = tried[values.argmax()]
                return True
        return False

    def in_order(self) -> colours.Floats:
        """Return the colours, the pinned ones first, each next one most unlike those before it."""
        pinned = self._fixed[:-1]
        chosen, left = list(pinned), list(self._rgb)
        while left:
            before = seen(np.array([*chosen, self._fixed[-1]]), self._standard)
            far = distances(seen(np.array(left), self._standard), before).min(axis=1)
            chosen.append(left.pop(int(far.argmax())))
        return np.array(chosen)
