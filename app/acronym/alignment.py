"""The ways in which one name runs through the title, best first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from operator import itemgetter
from typing import Final

import numpy as np

from app.acronym.alphabet import SIZE, encode
from app.acronym.lattice import Ways, arcs
from app.acronym.path import Floats

MOST_SHOWN: Final = 20
"""Alignments of one name that are worth looking through."""


@dataclass(frozen=True)
class Alignment:
    """One way of a name through the title."""

    letters: tuple[int, ...]
    """Places of the letters, ascending, one for each letter of the name."""
    score: float


@dataclass(frozen=True)
class Aligner:
    """Aligns names with the places of some ways; the arcs between them are worked out once."""

    ways: Ways

    @cached_property
    def _arcs(self) -> Floats:
        return arcs(self.ways)

    @cached_property
    def _letters(self) -> list[list[int]]:
        """For each character of the alphabet the places that hold it."""
        return [np.flatnonzero(self.ways.codes == code).tolist() for code in range(SIZE)]

    def best(self, name: str) -> Alignment | None:
        """Return the best alignment of a name (folded), None when there is none."""
        found = self.all(name, most=1)
        return found[0] if found else None

    def all(self, name: str, most: int = MOST_SHOWN) -> list[Alignment]:
        """Return the best alignments of a name (folded), best first: the `most` best ways by dynamic programming."""
        if not name:
            return []
        rows = [self._letters[code] for code in encode(name)]
        start, end = self.ways.start, self.ways.end
        paths: _Paths = {at: [(float(start[at]), (at,))] for at in rows[0] if start[at] > -np.inf}
        for row in rows[1:]:
            paths = {at: new for at in row if (new := _extended(paths, at, self._arcs[:, at], most))}
        ends = [(score + float(end[at]), path) for at, each in paths.items() for score, path in each]
        best = nlargest(most, ends, key=itemgetter(0))
        return [Alignment(path, score) for score, path in best if score > -np.inf]


_Paths = dict[int, list[tuple[float, tuple[int, ...]]]]


def _extended(paths: _Paths, at: int, column: Floats, most: int) -> list[tuple[float, tuple[int, ...]]]:
    """Return the best paths that go on to a place; `column` are the scores of the steps to it."""
    longer = [
        (score + float(column[before]), (*path, at))
        for before, each in paths.items()
        if before < at and column[before] > -np.inf
        for score, path in each
    ]
    return nlargest(most, longer, key=itemgetter(0))
