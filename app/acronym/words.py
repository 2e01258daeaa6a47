"""Every word of the lexicon that runs through the title, each with the exact score of its best way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import itemgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.alphabet import LETTERS
from app.acronym.lattice import NEVER, Ways, arcs
from app.acronym.lexicon import NO_WORD, Level, Lexicon
from app.acronym.path import Floats

GONE: Final = -1
"""In the place of a column: the node above cannot be reached."""
SAME: Final = np.float32(1e-4)
"""Differences of scores that are less are errors of rounding."""


@dataclass(frozen=True)
class FoundWords:
    """Words by their places in the lexicon, and the score of the best path of each."""

    words: NDArray[np.int32]
    scores: Floats


def find_words(ways: Ways, lexicon: Lexicon, longest: int | None = None) -> FoundWords:
    """Walk the trie and the title together, one letter of all words at a time.

    A node of the trie carries the best score of its letters for every place of the title where they can end; nodes that
    can end nowhere are left behind with all that is below them.

    Args:
        ways: through the title.
        lexicon: the words.
        longest: letters beyond which no word is wanted; None for any.

    """
    steps, reached = arcs(ways), ways.start[:, None]
    letters, profile = _letters(ways, steps), steps[0, :, None]
    words, scores = [np.empty(0, np.int32)], [np.empty(0, np.float32)]
    levels = lexicon.levels[:longest]
    column = np.zeros(len(levels[0].letter), dtype=np.int32)
    for level, below in zip(levels, (*levels[1:], None), strict=True):
        found = _ends(level, column, reached, letters, ways.end)
        words.append(found.words)
        scores.append(found.scores)
        if below is None:
            break
        nodes, reached = _descend(level, column, reached, letters, profile)
        if not len(nodes):
            break
        place = np.full(len(level.letter), GONE, dtype=np.int32)
        place[nodes] = np.arange(len(nodes), dtype=np.int32)
        column = place[below.parent]
    return FoundWords(np.concatenate(words), np.concatenate(scores))


@dataclass(frozen=True)
class _Letter:
    """Where the title has a letter, and how names go on from there.

    To the other words of the title all steps cost the same but for what it costs to leave the word that one is in, so
    that only the best place to come from has to go there: `far`. What remains are the steps within a word: `near`.
    """

    places: tuple[int, ...]
    far: tuple[tuple[int, int, np.float32], ...]
    """Number of each place, where its far steps begin, and what they are worth beside those of the first letter of the
    title; ordered by where they begin."""
    near: tuple[tuple[int, int, int, Floats], ...]
    """Number of each place that has near steps, the first place that they go to, that after the last, and their scores
    as a column."""


def _letters(ways: Ways, steps: Floats) -> list[_Letter]:
    """Return for each letter of the alphabet its places; `steps` are those of `arcs`."""
    more, begins = _far_steps(steps)
    letters = []
    for code in range(LETTERS):
        places = np.flatnonzero(ways.codes == code).tolist()
        far = sorted(((number, int(begins[at]), more[at]) for number, at in enumerate(places)), key=itemgetter(1))
        near = (
            (number, at + 1, int(begins[at]), steps[at, at + 1 : begins[at], None])
            for number, at in enumerate(places)
            if begins[at] > at + 1
        )
        letters.append(_Letter(tuple(places), tuple(far), tuple(near)))
    return letters


def _far_steps(steps: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Return for each place what its far steps are worth beside those of the first place, and where they begin."""
    profile, size = steps[0], len(steps)
    allowed = np.flatnonzero(profile > NEVER)
    if not len(allowed):
        return np.full(size, NEVER), np.full(size, size)
    more = steps[:, allowed[-1]] - profile[allowed[-1]]
    with np.errstate(invalid="ignore"):
        alike = np.abs(steps - profile - more[:, None]) <= SAME
    alike |= (steps == NEVER) & (profile == NEVER)
    begins = size - np.logical_and.accumulate(alike[:, ::-1], axis=1).sum(axis=1)
    return more, np.maximum(begins, np.arange(1, size + 1))


def _ends(level: Level, column: NDArray[np.int32], reached: Floats, letters: list[_Letter], end: Floats) -> FoundWords:
    """Return the words that end in a level; see `_descend` for the arguments."""
    nodes = np.flatnonzero((level.word != NO_WORD) & (column != GONE))
    scores = np.full(len(nodes), NEVER, dtype=np.float32)
    for letter, first, stop in _blocks(level.letter[nodes], letters):
        columns, best = column[nodes[first:stop]], scores[first:stop]
        for at in letter.places:
            np.maximum(best, reached[at].take(columns) + end[at], out=best)
    there = scores > NEVER
    return FoundWords(level.word[nodes[there]], scores[there])


def _descend(
    level: Level, column: NDArray[np.int32], reached: Floats, letters: list[_Letter], profile: Floats
) -> tuple[NDArray[np.intp], Floats]:
    """Return the nodes of a level that can be reached and lead on, and the best scores after one more letter of each.

    Args:
        level: of the trie.
        column: for each of its nodes the column of its parent in `reached`, `GONE` where the parent was left behind.
        reached: shape (letters of the title, nodes above): the score with each letter of the title taken next.
        letters: of the alphabet.
        profile: shape (letters of the title, 1): the steps from the first one.

    """
    nodes = np.flatnonzero(level.leads_on & (column != GONE))
    onward = np.empty((len(reached), len(nodes)), dtype=np.float32)
    kept, count = [nodes[:0]], 0
    for letter, first, stop in _blocks(level.letter[nodes], letters):
        columns = column[nodes[first:stop]]
        taken = [reached[at].take(columns) for at in letter.places]
        there = reduce(np.maximum, taken) > NEVER
        if not there.all():
            taken = [scores[there] for scores in taken]
        kept.append(nodes[first:stop][there])
        _step(letter, taken, profile, onward[:, count : count + len(kept[-1])])
        count += len(kept[-1])
    return np.concatenate(kept), onward[:, :count]


def _step(letter: _Letter, taken: list[Floats], profile: Floats, onward: Floats) -> None:
    """Write the best scores after one more letter.

    Args:
        letter: the one that was taken last.
        taken: for each of its places the best score of each name that ends there.
        profile: see `_descend`.
        onward: shape (letters of the title, names), to be written.

    """
    best, done = np.full(onward.shape[1], NEVER, dtype=np.float32), 0
    for number, begin, more in letter.far:
        if begin > done:
            np.add(profile[done:begin], best, out=onward[done:begin])
            done = begin
        np.maximum(best, taken[number] + more, out=best)
    np.add(profile[done:], best, out=onward[done:])
    for number, first, stop, steps in letter.near:
        near = onward[first:stop]
        np.maximum(near, taken[number] + steps, out=near)


def _blocks(nodes: NDArray[np.uint8], letters: list[_Letter]) -> Iterator[tuple[_Letter, int, int]]:
    """Yield the block of each letter that the title has among nodes that are ordered by theirs."""
    edges = np.searchsorted(nodes, np.arange(LETTERS + 1)).tolist()
    for letter, (first, stop) in zip(letters, pairwise(edges), strict=True):
        if first < stop and letter.places:
            yield letter, first, stop
