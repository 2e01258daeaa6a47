"""At most so many buried letters: the lattice once for each number of them, one layer above the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.acronym.lattice import NEVER, Lattice
from app.acronym.path import Floats
from app.acronym.title import Role


@dataclass(frozen=True)
class Layers:
    """`Ways` whose places are the letters of a title in layer 0, then in layer 1, and so on: see `make_layers`."""

    codes: NDArray[np.uint8]
    start: Floats
    end: Floats
    level: Lattice
    """Goes on within a layer: without burying."""
    climb: Lattice
    """Goes on to the next layer: by burying a letter."""

    def step(self, state: Floats) -> Floats:
        """See `Ways.step`."""
        size = len(self.level.codes)
        layers = [state[first : first + size] for first in range(0, len(state), size)]
        reached = [self.level.step(layer) for layer in layers]
        for above, layer in zip(reached[1:], layers, strict=False):
            np.maximum(above, self.climb.step(layer), out=above)
        return np.concatenate(reached)


def make_layers(lattice: Lattice, most_buried: int) -> Layers:
    """Return the lattice with at most so many letters that neither begin anything nor follow on."""
    buried = lattice.title.role == Role.INNER
    level = replace(lattice, enter=_only(lattice.enter, ~buried), start=_only(lattice.start, ~buried))
    climb = replace(
        lattice,
        enter=_only(lattice.enter, buried),
        start=_only(lattice.start, buried),
        follow=np.full_like(lattice.follow, NEVER),
    )
    none = np.full_like(lattice.start, NEVER)
    starts: Sequence[Floats] = [level.start, climb.start, *[none] * most_buried][: most_buried + 1]
    copies = most_buried + 1
    return Layers(np.tile(lattice.codes, copies), np.concatenate(starts), np.tile(lattice.end, copies), level, climb)


def _only(scores: Floats, allowed: NDArray[np.bool_]) -> Floats:
    return np.where(allowed, scores, NEVER).astype(np.float32)
