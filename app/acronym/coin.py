"""New names made from the letters of a title: the best of all there are, not a sample.

A frontier of beginnings grows by one letter at a time. What a beginning can still come to is known exactly, from the
same dynamic programming run backwards, and the best `MOST` are kept. Nothing is lost by that: each beginning that is
kept stands for at least one name of its own, so that a name of the best `MOST` never begins with one that is dropped
(the argument of Byers and Waterman 1984 for near-optimal paths).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.alphabet import SIZE, decode
from app.acronym.lattice import NEVER, Ways, arcs
from app.acronym.path import Floats
from app.acronym.pattern import Automaton

MOST: Final = 500
_NONE: Final = np.zeros(0, dtype=np.float32)


@dataclass(frozen=True)
class Taste:
    """What a name is worth apart from its path through the title."""

    pairs: Floats
    """Shape (`SIZE` + 1, `SIZE`): score of each character after each other; the last row is the start of a name."""
    lengths: Floats
    """Score of a name of each length, 0 to the greatest allowed; minus infinity for those that are not allowed."""


@dataclass(frozen=True)
class _Frontier:
    """Beginnings of names, all of one length."""

    names: NDArray[np.uint8]
    """Shape (beginnings, letters)."""
    at: NDArray[np.int32]
    """The state of the automaton after each."""
    state: Floats
    """Shape (places, beginnings): the best score of the path with each place as the last."""
    liked: Floats
    """The score of the pairs of letters of each."""


def coin_names(ways: Ways, taste: Taste, automaton: Automaton, most: int = MOST) -> dict[str, float]:
    """Return the best names with their scores, best first."""
    hopes = _hopes(ways, taste, automaton)
    codes = ways.codes
    no_state, no_score = np.empty((len(codes), 1), dtype=np.float32), np.zeros(1, dtype=np.float32)
    frontier = _Frontier(np.empty((1, 0), np.uint8), np.zeros(1, np.int32), no_state, no_score)
    totals = [_NONE]
    names: list[NDArray[np.uint8]] = []
    for length in range(1, len(taste.lengths)):
        reached = ways.step(frontier.state) if length > 1 else ways.start[:, None]
        frontier = _grown(frontier, reached, codes, _Next(hopes[length], taste.pairs, automaton), most)
        if not len(frontier.names):
            break
        if taste.lengths[length] > NEVER:
            path = np.where(automaton.accepts[frontier.at], (frontier.state + ways.end[:, None]).max(axis=0), NEVER)
            totals.append(path + frontier.liked + taste.lengths[length])
            names.extend(frontier.names)
    total = np.concatenate(totals)
    best = np.argsort(-total, kind="stable")[:most]
    return {decode(names[at]): float(total[at]) for at in best.tolist() if total[at] > NEVER}


@dataclass(frozen=True)
class _Next:
    """What is known about the letter after a beginning."""

    hopes: Floats
    pairs: Floats
    automaton: Automaton


def _grown(frontier: _Frontier, reached: Floats, codes: NDArray[np.uint8], coming: _Next, most: int) -> _Frontier:
    """Return the best beginnings that are one letter longer; `reached` is the state after one more step."""
    last = frontier.names[:, -1] if frontier.names.shape[1] else np.full(1, SIZE)
    liked = frontier.liked + coming.pairs[last].T
    after = coming.automaton.next[frontier.at].T
    potential = reached + liked[codes] + np.take_along_axis(coming.hopes, after[codes], axis=1)
    order = np.argsort(codes, kind="stable")
    firsts = np.flatnonzero(np.diff(codes[order].astype(int), prepend=-1))
    by_letter = np.maximum.reduceat(potential[order], firsts, axis=0)
    flat = by_letter.ravel()
    best = np.flatnonzero(flat > NEVER)
    if len(best) > most:
        best = best[flat[best] >= np.partition(flat[best], -most)[-most]]
    letter, parent = codes[order][firsts][best // by_letter.shape[1]], best % by_letter.shape[1]
    state = np.where(codes[:, None] == letter, reached[:, parent], NEVER)
    names = np.concatenate([frontier.names[parent], letter[:, None]], axis=1)
    return _Frontier(names, after[letter, parent], state, liked[letter, parent])


def _hopes(ways: Ways, taste: Taste, automaton: Automaton) -> list[Floats]:
    """Return the best that can still come, for each number of letters so far.

    Each of the arrays has the shape (places, states of the automaton): the place taken last, and the
    state after it. The end of the name is counted in.
    """
    codes = ways.codes
    steps = arcs(ways) + taste.pairs[codes][:, codes]
    ending = np.where(automaton.accepts, ways.end[:, None], NEVER).astype(np.float32)
    longest = len(taste.lengths) - 1
    hopes = [ending + taste.lengths[longest]]
    for length in range(longest - 1, 0, -1):
        # Taken next: each place, in the state it leads to from each state.
        taken = np.take_along_axis(hopes[-1], automaton.next[:, codes].T, axis=1)
        going_on = np.stack([(steps + column).max(axis=1) for column in taken.T], axis=1)
        hopes.append(np.maximum(going_on, ending + taste.lengths[length]))
    return [hopes[0], *hopes[::-1]]
