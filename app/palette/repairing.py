"""Repairing a palette: its colours are moved as little as possible until every reader tells them apart.

Colours in conflict are moved one at a time to the place that costs least: the squared distance (CAM02-UCS) from where
the colour was, plus a penalty, growing from round to round, for each colour that is still too near. Several orders are
tried; then every colour goes back towards its origin as far as the others let it. Where no order leads anywhere, the
colours go to those of a new palette instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.core.errors import PaperdeskError
from app.core.i18n import tr
from app.core.progress import NoProgress, Progress
from app.palette import colour as colours
from app.palette import making
from app.palette.colour import Floats
from app.palette.palette import Palette
from app.palette.readers import distances, nearby, pair_distances, seen
from app.palette.safety import Standard

MOST: Final = 40
"""Colours that can be repaired at once."""
_LEVELS: Final = 16
"""Levels of each channel in the grid of places that colours may move to."""
_REACHES: Final = (40, 20, 10, 4)
"""Levels around each colour that are tried beside the grid."""
_TRIES: Final = 160
_STARTS: Final = 6
"""Orders that are tried."""
_HOPELESS: Final = 3
"""Orders in vain after which no other is tried."""
_PENALTIES: Final = tuple(0.25 * 2.0**step for step in range(14))
_AFTER_KICK: Final = 4
"""The first penalty after some colours were thrown elsewhere."""
_KICKS: Final = 4
_KICKED: Final = 3
"""Colours thrown elsewhere when all are stuck, and how often."""
_BACK: Final = np.linspace(0, 1, 33)[1:, None]
"""Places on the way back to the origin."""
_ROUNDS: Final = 6


@dataclass(frozen=True)
class Repair:
    """A repaired palette and how far each colour was moved (CAM02-UCS, normal vision)."""

    palette: Palette
    moved: tuple[float, ...]


class NotRepaired(PaperdeskError):  # noqa: N818 - an answer, not a fault
    """The limit was not reached."""


def repair(
    palette: Palette,
    standard: Standard | None = None,
    *,
    pinned: frozenset[int] = frozenset(),
    seed: int = 0,
    progress: Progress | None = None,
) -> Repair:
    """Return a palette whose smallest distance is the standard's limit or more, moved as little as could be found.

    `pinned` are places, from 0, of colours that stay. Raises `NotRepaired` when the limit is out of reach, `Cancelled`.
    """
    if len(palette) > MOST:
        raise NotRepaired(
            tr("At most {most} colours can be repaired at once, not {count}.", most=MOST, count=len(palette))
        )
    progress, standard = progress or NoProgress(), standard or Standard()
    mover = _Mover(palette, standard, pinned, np.random.default_rng(seed))
    found: list[Floats] = []
    for start in range(_STARTS):
        progress.report(start, _STARTS)
        if (rgb := mover.spread()) is not None:
            found.append(mover.pull_back(rgb))
        elif start + 1 >= _HOPELESS and not found:
            break
    if not found:
        found = [mover.pull_back(_remade(palette, standard, pinned, seed))]
    progress.report(_STARTS, _STARTS)
    best = min(found, key=lambda rgb: float(mover.moved(rgb).sum()))
    repaired = Palette(palette.name, colours.to_hex(best), palette.kind)
    return Repair(repaired, tuple(map(float, mover.moved(best))))


def _remade(palette: Palette, standard: Standard, pinned: frozenset[int], seed: int) -> Floats:
    """Return the colours (n, 3) of a new palette, each in the place of the nearest old one. Raises `NotRepaired`."""
    kept = tuple(palette.colours[place] for place in sorted(pinned))
    if len(palette) > making.MOST:
        raise NotRepaired(_out_of_reach(palette, standard))
    wishes = making.Wishes(len(palette), kept, lightness=(0, 100), colourfulness=np.inf)
    made = making.make(wishes, standard, seed=seed).colours[len(kept) :]
    views = seen(colours.to_rgb([*kept, *made]), standard)
    reached = float(pair_distances(views).min())
    if reached < standard.limit:
        best = tr("The most that was found is {distance}.", distance=f"{reached:.1f}")
        raise NotRepaired(f"{_out_of_reach(palette, standard)} {best}")
    rgb = colours.to_rgb(palette.colours)
    free = [place for place in range(len(palette)) if place not in pinned]
    away = np.linalg.norm(seen(rgb[free], standard)[0][:, None] - views[0, None, len(kept) :], axis=-1)
    for _ in free:
        old, new = np.unravel_index(int(away.argmin()), away.shape)
        rgb[free[old]] = colours.to_rgb([made[new]])[0]
        away[old], away[:, new] = np.inf, np.inf
    return rgb


def _out_of_reach(palette: Palette, standard: Standard) -> str:
    return tr(
        "{count} colours cannot be moved to a distance of {limit}: ask for less, or use fewer or other colours.",
        count=len(palette),
        limit=f"{standard.limit:g}",
    )


class _Mover:
    """Moves the colours of one palette."""

    def __init__(
        self, palette: Palette, standard: Standard, pinned: frozenset[int], chance: np.random.Generator
    ) -> None:
        self._standard, self._chance = standard, chance
        self._origin = colours.to_rgb(palette.colours)
        self._origin_views = seen(self._origin, standard)
        self._free = [place for place in range(len(palette)) if place not in pinned]
        self._grid = np.stack(np.meshgrid(*[np.linspace(0, 1, _LEVELS)] * 3), axis=-1).reshape(-1, 3)
        self._grid_views = seen(self._grid, standard)

    def moved(self, rgb: Floats) -> Floats:
        """Return how far colours (n, 3) are from their origins (n,)."""
        return np.asarray(np.linalg.norm(seen(rgb, self._standard)[0] - self._origin_views[0], axis=1))

    def spread(self) -> Floats | None:
        """Return colours (n, 3) that are far enough from each other; None when that was not reached."""
        rgb = self._origin.copy()
        if self._pushed(rgb, _PENALTIES):
            return rgb
        for _ in range(_KICKS):
            stuck = pair_distances(seen(rgb, self._standard)).min(axis=1)[self._free]
            for place in np.array(self._free)[np.argsort(stuck)[:_KICKED]]:
                rgb[place] = self._chance.choice(self._grid)
            if self._pushed(rgb, _PENALTIES[_AFTER_KICK:]):
                return rgb
        return None

    def _pushed(self, rgb: Floats, penalties: Sequence[float]) -> bool:
        """Move colours apart under growing penalties; tell whether they are far enough from each other."""
        for penalty in penalties:
            for place in self._chance.permutation(self._free):
                self._move(rgb, int(place), penalty)
            if self._is_spread(rgb):
                return True
        return False

    def _is_spread(self, rgb: Floats) -> bool:
        return bool(pair_distances(seen(rgb, self._standard)).min() >= self._standard.limit)

    def _move(self, rgb: Floats, place: int, penalty: float) -> None:
        """Move one colour to where it costs least."""
        views = seen(rgb, self._standard)
        others = np.delete(views, place, axis=1)
        if distances(views[:, [place]], others).min() >= self._standard.limit:
            return
        near = [nearby(rgb[place], reach, _TRIES, self._chance) for reach in _REACHES]
        tried = np.concatenate([rgb[[place]], self._origin[[place]], *near])
        tried_views = np.concatenate([seen(tried, self._standard), self._grid_views], axis=1)
        lacking = np.maximum(self._standard.limit - distances(tried_views, others), 0)
        squares = np.square(tried_views[0] - self._origin_views[0, place]).sum(axis=1)
        best = int((squares + penalty * np.square(lacking).sum(axis=1)).argmin())
        rgb[place] = tried[best] if best < len(tried) else self._grid[best - len(tried)]

    def pull_back(self, rgb: Floats) -> Floats:
        """Return the colours as near to their origins as can be found while they stay far enough from each other."""
        rgb = rgb.copy()
        for _ in range(_ROUNDS):
            for place in self._chance.permutation(self._free):
                self._approach(rgb, int(place))
        return rgb

    def _approach(self, rgb: Floats, place: int) -> None:
        views = seen(rgb, self._standard)
        back = rgb[place] + _BACK * (self._origin[place] - rgb[place])
        near = [nearby(rgb[place], reach, _TRIES, self._chance) for reach in _REACHES]
        tried = np.concatenate([rgb[[place]], np.rint(back * 255) / 255, *near])
        tried_views = seen(tried, self._standard)
        far = distances(tried_views, np.delete(views, place, axis=1)).min(axis=1) >= self._standard.limit
        far[0] = True
        moved = np.linalg.norm(tried_views[0] - self._origin_views[0, place], axis=1)
        rgb[place] = tried[np.where(far, moved, np.inf).argmin()]
