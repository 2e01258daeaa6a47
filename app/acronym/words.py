"""Every word of the lexicon that runs through the title, each with the exact score of its best way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.alphabet import LETTERS
from app.acronym.lattice import NEVER, Ways, arcs
from app.acronym.lexicon import NO_WORD, Level, Lexicon
from app.acronym.path import Floats

GONE: Final = -1
"""In the place of a column: the node above cannot be reached."""


@dataclass(frozen=True)
class FoundWords:
    """Words by their places in the lexicon, and the score of the best path of each."""

    words: NDArray[np.int32]
    scores: Floats


def find_words(ways: Ways, lexicon: Lexicon) -> FoundWords:
    """Walk the trie and the title together, one letter of all words at a time.

    A node of the trie carries the best score of its letters for every place of the title where they can end; nodes that
    can end nowhere are left behind with all that is below them.
    """
    rows = [np.flatnonzero(ways.codes == code) for code in range(LETTERS)]
    words, scores = [np.empty(0, np.int32)], [np.empty(0, np.float32)]
    steps, reached = arcs(ways), ways.start[:, None]
    column = np.zeros(len(lexicon.levels[0].letter), dtype=np.int32)
    for depth, level in enumerate(lexicon.levels):
        found = _ends(level, column, reached, rows, ways.end)
        words.append(found.words)
        scores.append(found.scores)
        nodes, reached = _descend(level, column, reached, rows, steps)
        if not len(nodes) or depth + 1 == len(lexicon.levels):
            break
        place = np.full(len(level.letter), GONE, dtype=np.int32)
        place[nodes] = np.arange(len(nodes), dtype=np.int32)
        column = place[lexicon.levels[depth + 1].parent]
    return FoundWords(np.concatenate(words), np.concatenate(scores))


def _ends(
    level: Level, column: NDArray[np.int32], reached: Floats, rows: list[NDArray[np.intp]], end: Floats
) -> FoundWords:
    """Return the words that end in a level; see `_descend` for the arguments."""
    nodes = np.flatnonzero((level.word != NO_WORD) & (column != GONE))
    scores = np.full(len(nodes), NEVER, dtype=np.float32)
    for row, first, stop in _blocks(level.letter[nodes], rows):
        best = (reached[row] + end[row, None]).max(axis=0)
        scores[first:stop] = best.take(column[nodes[first:stop]])
    there = scores > NEVER
    return FoundWords(level.word[nodes[there]], scores[there])


def _descend(
    level: Level, column: NDArray[np.int32], reached: Floats, rows: list[NDArray[np.intp]], steps: Floats
) -> tuple[NDArray[np.intp], Floats]:
    """Return the nodes of a level that can be reached and lead on, and the best scores after one more letter of each.

    Args:
        level: of the trie.
        column: for each of its nodes the column of its parent in `reached`, `GONE` where the parent was left behind.
        reached: shape (letters of the title, nodes above): the score with each letter of the title taken next.
        rows: for each letter of the alphabet the letters of the title that are it.
        steps: see `arcs`.

    """
    nodes = np.flatnonzero(level.leads_on & (column != GONE))
    kept = np.zeros(len(nodes), dtype=bool)
    for row, first, stop in _blocks(level.letter[nodes], rows):
        kept[first:stop] = (reached[row].max(axis=0) > NEVER).take(column[nodes[first:stop]])
    nodes = nodes[kept]
    onward = np.full((len(reached), len(nodes)), NEVER, dtype=np.float32)
    for row, first, stop in _blocks(level.letter[nodes], rows):
        columns = column[nodes[first:stop]]
        for at in row:
            later = onward[at + 1 :, first:stop]
            np.maximum(later, reached[at].take(columns) + steps[at, at + 1 :, None], out=later)
    return nodes, onward


def _blocks(letters: NDArray[np.uint8], rows: list[NDArray[np.intp]]) -> Iterator[tuple[NDArray[np.intp], int, int]]:
    """Yield the block of each letter among nodes that are ordered by it, and where the title has the letter."""
    edges = np.searchsorted(letters, np.arange(LETTERS + 1)).tolist()
    for row, (first, stop) in zip(rows, pairwise(edges), strict=True):
        if first < stop and len(row):
            yield row, first, stop
