"""An index open for queries: words by number and number by word, and the rows that a slot can be filled from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from app.collocation.arrays import MappedArrays
from app.collocation.expand import LEVELS
from app.collocation.facets import Cell, Facet
from app.collocation.packed import Array
from app.collocation.spelling import Spelling, Words
from app.collocation.tags import WordClass

Rows = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.int64]

_FACETS_KEPT: Final = 4
"""Facets whose counts of words are kept, 2 MB each."""
NO_WORDS: Final[Words] = np.zeros(0, dtype=np.uint32)


class Level:
    """The n-grams of one length: rows by falling count."""

    def __init__(self, arrays: MappedArrays, length: int) -> None:
        slots = range(length)
        self.length = length
        self.counts: Array = arrays[f"counts-{length}"]
        self.cells: Array = arrays[f"cells-{length}"]
        self.tags: Array = arrays[f"tags-{length}"]
        self.words = [arrays[f"words-{length}-{slot}"] for slot in slots]
        self._starts = [arrays[f"starts-{length}-{slot}"] for slot in slots]
        self._postings = [arrays[f"posting-{length}-{slot}"] for slot in slots]

    def __len__(self) -> int:
        return len(self.counts)

    def all_rows(self) -> Rows:
        """Return the numbers of all rows."""
        return np.arange(len(self), dtype=np.uint32)

    def taken(self, column: Array, rows: Rows) -> Array:
        """Return what a column has in different rows, in rising order; not copied if they are all."""
        return column if len(rows) == len(self) else column[rows]

    def posting_size(self, slot: int, words: Words) -> int:
        """Return how many rows have one of these words at `slot`."""
        starts = self._starts[slot]
        return int((starts[words + np.uint32(1)] - starts[words]).sum(dtype=np.int64))

    def posting(self, slot: int, words: Words) -> Rows:
        """Return the rows, in rising order, that have one of these words at `slot`."""
        starts, posting = self._starts[slot], self._postings[slot]
        parts = [posting[starts[word] : starts[int(word) + 1]] for word in words]
        if len(parts) == 1:
            rows: Rows = parts[0]
            return rows
        return np.sort(np.concatenate(parts)) if parts else NO_WORDS


class Index:
    """A file of n-grams, mapped into memory. May be used from several threads. Raises `StorageError`."""

    def __init__(self, path: Path) -> None:
        self.arrays = MappedArrays(path)
        meta = self.arrays.meta
        self.cells = tuple(Cell(field, period) for field, period in meta["cells"])
        self.tokens = np.array(meta["tokens"], dtype=np.int64)
        """Words counted in each cell."""
        self.levels = [Level(self.arrays, length) for length in range(1, LEVELS + 1)]
        self.words = Spelling(self.arrays)
        self.masks: Array = self.arrays["masks"]
        """The classes of each word, bits."""
        self.word_counts = lru_cache(maxsize=_FACETS_KEPT)(self._word_counts)
        """How often each word occurs in a facet, by its number."""

    def __len__(self) -> int:
        """Return the number of different words."""
        return len(self.masks)

    def level(self, length: int) -> Level:
        """Return the n-grams of `length` words."""
        return self.levels[length - 1]

    def fields(self) -> list[str]:
        """Return the fields that the index has, in their order."""
        return list(dict.fromkeys(cell.field for cell in self.cells))

    def periods(self) -> list[str]:
        """Return the periods that the index has, in their order."""
        return sorted({cell.period for cell in self.cells}, reverse=True)

    def forms(self, word: str) -> Words:
        """Return all forms of the word that `word` is a form of."""
        number = self.words.number(word)
        if number is None:
            return NO_WORDS
        lemmas = self.arrays["lemmas"]
        return np.flatnonzero(lemmas == lemmas[number]).astype(np.uint32)

    def similar(self, word: str) -> Words:
        """Return the word itself and those of similar meaning, the usual ones first."""
        number = self.words.number(word)
        if number is None:
            return NO_WORDS
        starts = self.arrays["synonym-starts"]
        others: Words = self.arrays["synonyms"][starts[number] : starts[number + 1]]
        return np.insert(others, 0, number)

    def main_class(self, word: int) -> WordClass:
        """Return the class that a word mostly has. Words are numbered by falling count, as rows are."""
        return WordClass(int(self.level(1).tags[word]))

    def counts(self, length: int, rows: Rows, facet: Facet) -> Counts:
        """Return how often n-grams occur in a facet. The rows are different and in rising order."""
        level = self.level(length)
        columns = facet.columns(self.cells)
        if len(columns) == len(self.cells):
            return level.taken(level.counts, rows).astype(np.int64)
        cells = level.taken(level.cells, rows)
        counts = np.zeros(len(rows), dtype=np.int64)
        for column in columns:
            counts += cells[:, column]
        return counts

    def _word_counts(self, facet: Facet) -> npt.NDArray[np.float64]:
        return self.counts(1, self.level(1).all_rows(), facet).astype(np.float64)

    def totals(self, length: int, rows: Rows) -> Counts:
        """Return how often n-grams together occur in each cell. The rows are different and in rising order."""
        level = self.level(length)
        cells = level.taken(level.cells, rows)
        return np.array([cells[:, column].sum(dtype=np.int64) for column in range(len(self.cells))])

    def size(self, facet: Facet) -> int:
        """Return the words counted in a facet."""
        return int(self.tokens[facet.columns(self.cells)].sum())

    def row_of(self, words: Sequence[str]) -> int | None:
        """Return the row of one n-gram, None if the index does not have it."""
        numbers = [self.words.number(word) for word in words]
        if None in numbers or not 1 <= len(words) <= LEVELS:
            return None
        level = self.level(len(words))
        sets = [np.array([number], dtype=np.uint32) for number in numbers]
        slot = min(range(len(words)), key=lambda each: level.posting_size(each, sets[each]))
        rows = level.posting(slot, sets[slot])
        for each, own in enumerate(sets):
            rows = rows[level.words[each][rows] == own[0]]
        return int(rows[0]) if len(rows) else None
