"""The title as a lattice: what it costs to take each letter after each other, for any number of names at once.

All costs are sums over the letters taken and the words passed over, so that one step of dynamic programming (Viterbi
1967) over the letters of the title finds the best way of every name together. Scores are natural logarithms: larger
is better, and what is not allowed is minus infinity.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from app.acronym.features import Weights
from app.acronym.path import Floats, PathCounts
from app.acronym.title import STARTS, Title

NEVER: Final = np.float32(-np.inf)


class Reach(Enum):
    """Which letters of a word may be taken."""

    INITIALS = "initials"
    """The first letter of words and of their parts."""
    BEGINNINGS = "beginnings"
    """Letters that follow on from these, too."""
    ANYWHERE = "anywhere"


class Ways(Protocol):
    """What names go along: places that each hold a character, and the score of going from one to another."""

    @property
    def codes(self) -> NDArray[np.uint8]:
        """The character at each place."""

    @property
    def start(self) -> Floats:
        """Score of beginning a name with each place, what comes before it passed over."""

    @property
    def end(self) -> Floats:
        """Score of passing over what comes after the last letter of a name."""

    def step(self, state: Floats) -> Floats:
        """Return the best scores after one more letter.

        Args:
            state: shape (places, names): the best score of each name so far if it ends at each place.

        Returns:
            The same shape: the best score with the letter of each row taken next.

        """


def arcs(ways: Ways) -> Floats:
    """Return the score of taking the letter of each column right after the letter of each row."""
    size = len(ways.codes)
    identity = np.full((size, size), NEVER, dtype=np.float32)
    np.fill_diagonal(identity, 0)
    return ways.step(identity).T


def log_total(ways: Ways, pairs: Floats, lengths: Floats) -> float:
    """Return the natural logarithm of the sum over all paths of the exponentials of their scores.

    Args:
        ways: where the paths go.
        pairs: shape (`SIZE` + 1, `SIZE`): score of each character after each other; the last row is the start.
        lengths: score of each length from 0 on.

    """
    codes = ways.codes
    step = np.exp(arcs(ways).astype(np.float64) + pairs[codes][:, codes])
    mass = np.exp(ways.start.astype(np.float64) + pairs[-1][codes])
    end, total = np.exp(ways.end.astype(np.float64)), 0.0
    for worth in lengths[1:]:
        total += float(mass @ end) * float(np.exp(worth))
        mass = mass @ step
    return float(np.log(total)) if total > 0 else -np.inf


@dataclass(frozen=True)
class Lattice:
    """`Ways` whose places are the letters of a title; see `make_lattice`."""

    title: Title
    codes: NDArray[np.uint8]
    enter: Floats
    """Score of a letter that does not follow on from the letter right before it."""
    follow: Floats
    """Score of a letter that does; minus infinity for the first of a word or of a part, which never do."""
    leave: Floats
    """Score of a piece of a word that ends with each letter."""
    skip: Floats
    """Score of all slots up to each, its own included, when they are passed over."""
    start: Floats
    end: Floats

    def step(self, state: Floats) -> Floats:
        """See `Ways.step`."""
        reached = np.empty_like(state)
        left = state + self.leave[:, None]
        title = self.title
        never = np.full(state.shape[1], NEVER, dtype=np.float32)
        before = last = inside = right_before = left_before = never
        for number, (first, stop) in enumerate(self._bounds()):
            slot = title.slots[number]
            source = last if slot.is_tied else before
            arriving = source + self.skip[number - 1] if number else never
            for at in range(first, stop):
                if at == first or title.unit[at] != title.unit[at - 1]:
                    inside, right_before, left_before = arriving, never, never
                if np.isfinite(self.follow[at]):
                    np.maximum(inside + self.enter[at], right_before + self.follow[at], out=reached[at])
                    inside = np.maximum(inside, left_before)
                else:
                    inside = np.maximum(inside, left_before)
                    np.add(inside, self.enter[at], out=reached[at])
                right_before, left_before = state[at], left[at]
            last = left[first:stop].max(axis=0) - self.skip[number]
            holds = number + 1 < len(title.slots) and title.slots[number + 1].is_tied
            before = never if slot.is_required else before
            before = before if holds else np.maximum(before, last)
        return reached

    def _bounds(self) -> list[tuple[int, int]]:
        edges = np.searchsorted(self.title.slot, np.arange(len(self.title.slots) + 1))
        return [(int(first), int(stop)) for first, stop in pairwise(edges)]


def make_lattice(counts: PathCounts, weights: Weights, reach: Reach = Reach.ANYWHERE) -> Lattice:
    """Return the lattice of a title.

    Args:
        counts: of the title, whose marks forbid some ways.
        weights: of the features of the path.
        reach: which letters may be taken.

    """
    title, path = counts.title, weights.path
    enter, leave = path @ counts.enter, path @ counts.leave
    if reach is not Reach.ANYWHERE:
        enter[~np.isin(title.role, STARTS)] = NEVER
    follow = np.where(counts.follows, path @ counts.follow, NEVER)
    start, end = path @ counts.begin, path @ counts.finish
    _forbid_edges(title, start, end)
    skip = np.cumsum(path @ counts.skip, dtype=np.float32)
    return Lattice(title, title.codes, enter, follow, leave, skip, enter + start[title.slot], leave + end[title.slot])


def _forbid_edges(title: Title, start: Floats, end: Floats) -> None:
    """Forbid to begin after or to end before a slot that is required, and to part two that are tied."""
    required = np.array([slot.is_required for slot in title.slots])
    tied = np.array([slot.is_tied for slot in title.slots])
    start[np.cumsum(required) - required > 0] = NEVER
    end[required[::-1].cumsum()[::-1] - required > 0] = NEVER
    start[tied] = NEVER
    end[:-1][tied[1:]] = NEVER


def whole_pieces(lattice: Lattice) -> Lattice:
    """Return the lattice without pieces of words that end in their middle, and without buried letters."""
    title = lattice.title
    broken = (title.offset > 0) & ~title.ends_part & ~title.ends_suffix
    begins = np.isin(title.role, STARTS)
    return replace(
        lattice,
        enter=np.where(begins, lattice.enter, NEVER).astype(np.float32),
        start=np.where(begins, lattice.start, NEVER).astype(np.float32),
        leave=np.where(broken, NEVER, lattice.leave).astype(np.float32),
        end=np.where(broken, NEVER, lattice.end).astype(np.float32),
    )
