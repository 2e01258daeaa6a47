"""Repairing a palette: its colours are moved as little as possible until every reader tells them apart.

Colours in conflict are moved one at a time to the place that costs least: the squared distance (CAM02-UCS) from where
the colour was, plus a penalty, growing from round to round, for each colour that is still too near. Several orders are
tried; then every colour goes back towards its origin as far as the others let it. Where no order leads anywhere, the
colours go to those of a new palette instead. Ramps are made even instead, see `app.palette.evening`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from app.core.errors import PaperdeskError
from app.core.i18n import tr
from app.core.progress import NoProgress, Progress
from app.palette import colour as colours
from app.palette import making
from app.palette.appearance import to_ucs
from app.palette.colour import Floats
from app.palette.evening import even_out
from app.palette.palette import Kind, Palette
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
"""Orders that are tried of few colours."""
_EFFORT: Final = 60
"""Colours times orders that are tried, so that many colours take no longer than a few seconds."""
_FEWEST_STARTS: Final = 3
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
    on_better: Callable[[Repair], object] = lambda _: None,
) -> Repair:
    """Return a palette whose smallest distance is the standard's limit or more, moved as little as could be found.

    A sequential or diverging ramp keeps its hues and gets even steps and a lightness that goes one way.
    `pinned` are places, from 0, of colours that stay. `on_better` gets each repair that is better than those before it,
    so that work that is stopped early is not lost. Raises `NotRepaired` when the limit is out of reach, `Cancelled`.
    """
    if palette.kind is not Kind.QUALITATIVE:
        return _even_ramp(palette, standard or Standard())
    if len(palette) > MOST:
        raise NotRepaired(
            tr("At most {most} colours can be repaired at once, not {count}.", most=MOST, count=len(palette))
        )
    progress, standard = progress or NoProgress(), standard or Standard()
    mover = _Mover(palette, standard, pinned, np.random.default_rng(seed))
    starts = max(_FEWEST_STARTS, min(_STARTS, _EFFORT // len(palette)))
    best: Repair | None = None
    for start in range(starts):
        mover.tick = partial(progress.report, start, starts)
        spread = mover.spread()
        if spread is None and best is None and start + 1 >= _HOPELESS:
            break
        if spread is not None:
            found = mover.repaired(mover.pull_back(spread))
            if best is None or sum(found.moved) < sum(best.moved):
                best = found
                on_better(best)
    done = best or mover.repaired(mover.pull_back(_remade(palette, standard, pinned, seed, progress)))
    progress.report(starts, starts)
    return done


def _even_ramp(palette: Palette, standard: Standard) -> Repair:
    """Return a ramp made even. Raises `NotRepaired`."""
    if palette.kind is Kind.CYCLIC:
        raise NotRepaired(
            tr("A cyclic ramp cannot be repaired: it passes each lightness twice, and some readers confuse its sides.")
        )
    done = even_out(palette, standard)
    if done is None:
        raise NotRepaired(
            tr("Some readers confuse the hues of the two sides, however light they are: make a ramp of other colours.")
            if palette.kind is Kind.DIVERGING
            else tr("Classes of these hues, in this order, cannot be told apart by every reader: use fewer or others.")
        )
    before, after = (to_ucs(colours.to_rgb(each.colours)) for each in (palette, done))
    return Repair(done, tuple(map(float, np.linalg.norm(after - before, axis=1))))


def _remade(palette: Palette, standard: Standard, pinned: frozenset[int], seed: int, progress: Progress) -> Floats:
    """Return the colours (n, 3) of a new palette, each in the place of the nearest old one. Raises `NotRepaired`."""
    kept = tuple(palette.colours[place] for place in sorted(pinned))
    if len(palette) > making.MOST:
        raise NotRepaired(_out_of_reach(palette, standard))
    wishes = making.Wishes(len(palette), kept, lightness=(0, 100), colourfulness=np.inf)
    made = making.make(wishes, standard, seed=seed, progress=progress).colours[len(kept) :]
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


class _Layout:
    """Colours on the move, and how all readers see them."""

    def __init__(self, rgb: Floats, views: Floats) -> None:
        self.rgb, self.views = rgb.copy(), views.copy()

    def put(self, place: int, rgb: Floats, views: Floats) -> None:
        """Move one colour to `rgb` (3,), seen as `views` (readers, 3)."""
        self.rgb[place], self.views[:, place] = rgb, views

    def others(self, place: int) -> Floats:
        """Return the views of all other colours (readers, n - 1, 3)."""
        return np.delete(self.views, place, axis=1)

    @property
    def distance(self) -> float:
        """The smallest distance of any two colours to any reader."""
        return float(pair_distances(self.views).min())


class _Mover:
    """Moves the colours of one palette."""

    def __init__(
        self,
        palette: Palette,
        standard: Standard,
        pinned: frozenset[int],
        chance: np.random.Generator,
    ) -> None:
        self._palette, self._standard, self._chance = palette, standard, chance
        self.tick: Callable[[], object] = lambda: None
        """Called before each move, to tell how far the work is and to learn that it should stop."""
        self._origin = colours.to_rgb(palette.colours)
        self._origin_views = seen(self._origin, standard)
        self._free = [place for place in range(len(palette)) if place not in pinned]
        self._grid = np.stack(np.meshgrid(*[np.linspace(0, 1, _LEVELS)] * 3), axis=-1).reshape(-1, 3)
        self._grid_views = seen(self._grid, standard)

    def repaired(self, rgb: Floats) -> Repair:
        """Return colours (n, 3) as the repair of the palette."""
        moved = np.linalg.norm(seen(rgb, self._standard)[0] - self._origin_views[0], axis=1)
        return Repair(Palette(self._palette.name, colours.to_hex(rgb), self._palette.kind), tuple(map(float, moved)))

    def spread(self) -> Floats | None:
        """Return colours (n, 3) that are far enough from each other; None when that was not reached."""
        layout = _Layout(self._origin, self._origin_views)
        if self._pushed(layout, _PENALTIES):
            return layout.rgb
        for _ in range(_KICKS):
            stuck = pair_distances(layout.views).min(axis=1)[self._free]
            for place in np.array(self._free)[np.argsort(stuck)[:_KICKED]]:
                there = int(self._chance.integers(len(self._grid)))
                layout.put(int(place), self._grid[there], self._grid_views[:, there])
            if self._pushed(layout, _PENALTIES[_AFTER_KICK:]):
                return layout.rgb
        return None

    def _pushed(self, layout: _Layout, penalties: Sequence[float]) -> bool:
        """Move colours apart under growing penalties; tell whether they are far enough from each other."""
        for penalty in penalties:
            for place in self._chance.permutation(self._free):
                self.tick()
                self._move(layout, int(place), penalty)
            if layout.distance >= self._standard.limit:
                return True
        return False

    def _move(self, layout: _Layout, place: int, penalty: float) -> None:
        """Move one colour to where it costs least."""
        others = layout.others(place)
        if distances(layout.views[:, [place]], others).min() >= self._standard.limit:
            return
        near = self._around(layout.rgb[place])
        tried = np.concatenate([layout.rgb[[place]], self._origin[[place]], near])
        tried_views = seen(tried, self._standard)
        costs = self._costs(tried_views, others, place, penalty)
        away = np.square(self._grid_views[0] - self._origin_views[0, place]).sum(axis=1)
        worthwhile = np.flatnonzero(away < costs.min())
        tried = np.concatenate([tried, self._grid[worthwhile]])
        grid_views = self._grid_views[:, worthwhile]
        costs = np.concatenate([costs, self._costs(grid_views, others, place, penalty)])
        best = int(costs.argmin())
        layout.put(place, tried[best], np.concatenate([tried_views, grid_views], axis=1)[:, best])

    def _costs(self, views: Floats, others: Floats, place: int, penalty: float) -> Floats:
        """Return what it costs (n,) to have a colour at each of some places (readers, n, 3)."""
        lacking = np.maximum(self._standard.limit - distances(views, others), 0)
        squares = np.square(views[0] - self._origin_views[0, place]).sum(axis=1)
        return np.asarray(squares + penalty * np.square(lacking).sum(axis=1))

    def _around(self, rgb: Floats) -> Floats:
        """Return colours near one (3,), some of them very near: (n, 3)."""
        return np.concatenate([nearby(rgb, reach, _TRIES, self._chance) for reach in _REACHES])

    def pull_back(self, rgb: Floats) -> Floats:
        """Return the colours as near to their origins as can be found while they stay far enough from each other."""
        layout = _Layout(rgb, seen(rgb, self._standard))
        for _ in range(_ROUNDS):
            for place in self._chance.permutation(self._free):
                self.tick()
                self._approach(layout, int(place))
        return layout.rgb

    def _approach(self, layout: _Layout, place: int) -> None:
        """Move one colour to the place nearest to its origin that is far enough from all others."""
        rgb = layout.rgb[place]
        back = np.rint(255 * (rgb + _BACK * (self._origin[place] - rgb))) / 255
        tried = np.concatenate([rgb[None], back, self._around(rgb)])
        views = seen(tried, self._standard)
        far = distances(views, layout.others(place)).min(axis=1) >= self._standard.limit
        far[0] = True
        moved = np.linalg.norm(views[0] - self._origin_views[0, place], axis=1)
        best = int(np.where(far, moved, np.inf).argmin())
        layout.put(place, tried[best], views[:, best])
