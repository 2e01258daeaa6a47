"""Answers queries: from patterns to the rows of the index that match them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from app.collocation.index import NO_WORDS, Index, Level, Rows
from app.collocation.matches import LevelMatches, Matches
from app.collocation.query.parser import parse
from app.collocation.query.syntax import Atom, Kind, Pattern, Query, Slot
from app.collocation.spelling import Words
from app.collocation.tags import TAG_MASK

_FEW: Final = 6
"""So many words are compared one by one; more are looked up in a table of all words."""


@dataclass(frozen=True, eq=False)
class Filter:
    """What a slot accepts: anything, or these words, or these classes (bits)."""

    anything: bool
    words: Words
    classes: int

    @property
    def is_words(self) -> bool:
        """Whether only words decide, so that their postings can be used."""
        return not self.anything and not self.classes

    @property
    def is_open(self) -> bool:
        """Whether the writer asked which word stands here."""
        return not self.is_words or len(self.words) > 1


class Engine:
    """Answers queries about one index. May be used from several threads."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.arrays = index.arrays
        self._words_of = lru_cache(maxsize=512)(self._find_words)

    def search(self, query: str | Query) -> Matches:
        """Return all phrases that match. Raises `QueryError`."""
        parsed = parse(query) if isinstance(query, str) else query
        found: dict[int, list[LevelMatches]] = defaultdict(list)
        for pattern in parsed.patterns:
            found[len(pattern)].append(self._match(pattern))
        return Matches(self.index, parsed, {length: _united(parts) for length, parts in sorted(found.items())})

    def _match(self, pattern: Pattern) -> LevelMatches:
        filters = [self._filter(slot) for slot in pattern]
        level = self.index.level(len(pattern))
        opened = sum(1 << slot for slot, each in enumerate(filters) if each.is_open)
        rows = self._rows(level, filters)
        return LevelMatches(rows, np.full(len(rows), opened, dtype=np.uint8))

    def _filter(self, slot: Slot) -> Filter:
        words = [self._words_of(atom) for atom in slot if atom.kind not in {Kind.ANY, Kind.CLASS}]
        classes = sum(1 << atom.word_class for atom in slot if atom.kind is Kind.CLASS)
        anything = any(atom.kind is Kind.ANY for atom in slot)
        return Filter(anything, np.unique(np.concatenate(words)) if words else NO_WORDS, 0 if anything else classes)

    def _find_words(self, atom: Atom) -> Words:
        if atom.kind is Kind.LEMMA:
            return self.index.forms(atom.text)
        if atom.kind is Kind.SIMILAR:
            return self.index.similar(atom.text)
        if atom.kind is Kind.SPELLING:
            return self.index.words.spelled(atom.text)
        number = self.index.words.number(atom.text)
        return NO_WORDS if number is None else np.array([number], dtype=np.uint32)

    def _rows(self, level: Level, filters: list[Filter]) -> Rows:
        """Return the rows that pass all filters: the shortest posting decides which ones are looked at."""
        fixed = [slot for slot, each in enumerate(filters) if each.is_words]
        driver = min(fixed, key=lambda slot: level.posting_size(slot, filters[slot].words), default=None)
        rows = level.all_rows() if driver is None else level.posting(driver, filters[driver].words)
        self.index.arrays.looked_at(len(rows))
        for slot in fixed:
            if slot != driver:
                rows = rows[self._is_one_of(level.words[slot][rows], filters[slot].words)]
        of_classes = [0 if len(each.words) else each.classes for each in filters]
        if any(of_classes):
            rows = rows[_accepted(of_classes)[level.taken(level.tags, rows)]]
        for slot, own in enumerate(filters):
            if own.classes and len(own.words):
                has_class = _accepted([own.classes * (at == slot) for at in range(len(filters))])
                has_word = self._is_one_of(level.words[slot][rows], own.words)
                rows = rows[has_word | has_class[level.tags[rows]]]
        return rows

    def _is_one_of(self, column: Words, words: Words) -> npt.NDArray[np.bool_]:
        if len(words) > _FEW:
            table = np.zeros(len(self.index), dtype=bool)
            table[words] = True
            return table[column]
        passed = np.zeros(len(column), dtype=bool)
        for word in words:
            passed |= column == word
        return passed


def _accepted(classes: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Return for all classes of a row together, as `Level.tags` has them, whether each slot accepts its own.

    `classes` has the bits of those that each slot accepts, 0 for any.
    """
    table = np.ones(1, dtype=bool)
    for own in classes:
        slot = np.array([not own or bool(own >> tag & 1) for tag in range(TAG_MASK + 1)])
        table = np.logical_and.outer(slot, table).ravel()
    return table


def _united(parts: list[LevelMatches]) -> LevelMatches:
    """Return the rows of several patterns of one length, each row once."""
    if len(parts) == 1:
        return parts[0]
    rows = np.concatenate([part.rows for part in parts])
    opened = np.concatenate([part.opened for part in parts])
    rows, first = np.unique(rows, return_index=True)
    return LevelMatches(rows, opened[first])
