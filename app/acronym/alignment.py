"""The ways in which one name runs through the title, best first, and what each is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from operator import itemgetter
from typing import Final

import numpy as np

from app.acronym.alphabet import SIZE, encode
from app.acronym.features import Feature
from app.acronym.lattice import ENTERED, FOLLOWED, LEFT, Floats, Ways, arcs, piece_ends
from app.acronym.title import STARTS, Role, Title

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


def path_features(title: Title, letters: Sequence[int]) -> Counter[Feature]:
    """Return how often each feature of the path occurs in an alignment; its score is their weighted sum."""
    counts: Counter[Feature] = Counter()
    ends = piece_ends(title)
    for number, at in enumerate(letters):
        follows = number > 0 and at == letters[number - 1] + 1 and title.role[at] not in STARTS
        counts[_followed(title, at) if follows else ENTERED[Role(title.role[at])]] += 1
        after = letters[number + 1] if number + 1 < len(letters) else None
        goes_on = after == at + 1 and title.role[after] not in STARTS
        if ends[at] and not goes_on:
            counts[LEFT[ends[at] - 1]] += 1
    counts.update(_passed_over(title, sorted({int(title.slot[at]) for at in letters})))
    return counts


def _followed(title: Title, at: int) -> Feature:
    """Return the feature of a letter that follows on from the one right before it."""
    if title.role[at] == Role.CAPITAL:
        return Feature.CAPITAL
    return FOLLOWED[min(int(title.offset[at]), len(FOLLOWED)) - 1]


def _passed_over(title: Title, used: Sequence[int]) -> Counter[Feature]:
    """Return how many words and phrases are not used."""
    counts: Counter[Feature] = Counter()
    first, last = title.slots[used[0]].phrase, title.slots[used[-1]].phrase
    whole: set[int] = set()
    for number, slot in enumerate(title.slots):
        if not slot.is_content or number in used:
            continue
        if used[0] < number < used[-1]:
            counts[Feature.SKIPPED] += 1
        elif slot.phrase == first and number < used[0]:
            counts[Feature.LEADING] += 1
        elif slot.phrase == last and number > used[-1]:
            counts[Feature.TRAILING] += 1
        else:
            whole.add(slot.phrase)
    counts[Feature.PHRASES_BEFORE] = sum(phrase < first for phrase in whole)
    counts[Feature.PHRASES_AFTER] = sum(phrase > last for phrase in whole)
    return counts
