"""What a query found: all matching phrases, to be counted and ranked by any facet without searching again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from app.collocation.facets import EVERYTHING, FROM_2023, TO_2022, Facet
from app.collocation.index import Counts, Index, Rows
from app.collocation.measures import MEASURES, Floats, Frequencies
from app.collocation.query.syntax import Query
from app.collocation.tags import TAG_BITS, TAG_MASK, WordClass

SHOWN: Final = 50
"""Phrases of an answer unless more are asked for."""
_PART: Final = 1 << 17
"""Rows that are counted at a time, so that what is computed of them stays in the processor's cache."""


@dataclass(frozen=True)
class LevelMatches:
    """The matching rows of one length, in rising order, with the slots that the writer asked for as bits."""

    rows: Rows
    opened: npt.NDArray[np.uint8]


@dataclass(frozen=True)
class _Counted:
    """Phrases of one length with their counts in a facet."""

    length: int
    rows: Rows
    opened: npt.NDArray[np.uint8]
    counts: Counts

    def taken(self, places: npt.NDArray[np.intp]) -> _Counted:
        """Return the phrases at these places."""
        return _Counted(self.length, self.rows[places], self.opened[places], self.counts[places])


Scores = Floats | Counts


@dataclass(frozen=True)
class _Ranked:
    """Phrases of one length with the measure of each."""

    part: _Counted
    scores: Scores


@dataclass(frozen=True)
class Slot:
    """One word of a phrase, its class there, and whether the writer asked for it."""

    text: str
    word_class: WordClass
    is_open: bool


@dataclass(frozen=True)
class Trend:
    """Occurrences in a million words of the fields that the index has of both periods."""

    to_2022: float
    from_2023: float

    @property
    def is_recent(self) -> bool:
        """Whether the phrase is mostly one of 2023 and later, when much text leans to the style of language models."""
        return self.from_2023 >= RECENT_PER_MILLION and self.from_2023 >= RECENT_TIMES * self.to_2022


RECENT_TIMES: Final = 4.0
RECENT_PER_MILLION: Final = 0.5


@dataclass(frozen=True)
class Hit:
    """One phrase of an answer.

    `percent` is of all matches in the facet, `score` the value of the measure that ranks the answer.
    """

    slots: tuple[Slot, ...]
    count: int
    percent: float
    score: float
    trend: Trend

    @property
    def text(self) -> str:
        """The phrase."""
        return " ".join(slot.text for slot in self.slots)


@dataclass(frozen=True)
class Answer:
    """The first phrases by a measure: out of `phrases` different ones that occur `total` times in the facet."""

    query: Query
    facet: Facet
    measure: str
    hits: tuple[Hit, ...]
    phrases: int
    total: int


class Matches:
    """All phrases that match a query; see `Engine.search`."""

    def __init__(self, index: Index, query: Query, levels: Mapping[int, LevelMatches]) -> None:
        self.query = query
        self._index = index
        self._levels = levels

    def total(self, facet: Facet = EVERYTHING) -> int:
        """Return how often all matching phrases together occur in a facet."""
        return sum(int(self._index.counts(length, own.rows, facet).sum()) for length, own in self._levels.items())

    def totals_of_fields(self, period: str = "") -> dict[str, int]:
        """Return the occurrences in each field of the index."""
        return {field: self._total_of_cells(Facet(field, period)) for field in self._index.fields()}

    def totals_of_periods(self, field: str = "") -> dict[str, int]:
        """Return the occurrences in each period of the index."""
        return {period: self._total_of_cells(Facet(field, period)) for period in self._index.periods()}

    def _total_of_cells(self, facet: Facet) -> int:
        return int(self._cell_totals[facet.columns(self._index.cells)].sum())

    @cached_property
    def _cell_totals(self) -> Counts:
        """Occurrences in each cell: they give those in every field and period without reading the rows again."""
        totals = np.zeros(len(self._index.cells), dtype=np.int64)
        for length, own in self._parts():
            totals += self._index.totals(length, own.rows)
        self._index.arrays.let_go()
        return totals

    def answer(self, facet: Facet = EVERYTHING, measure: str = "count", limit: int = SHOWN) -> Answer:
        """Return the first `limit` phrases by a measure (a key of `MEASURES`); equal ones by count, then in order."""
        phrases, total, least, ranked = 0, 0, -np.inf, []
        for part in self._counted(facet):
            phrases, total = phrases + len(part.rows), total + int(part.counts.sum())
            scores = part.counts if measure == "count" else MEASURES[measure].of(self._frequencies(part, facet))
            first = _first(part, scores, limit, least)
            least = max(least, first.scores[-1]) if len(first.scores) == limit else least
            ranked.append(first)
        hits = [hit for each in ranked for hit in self._hits(each, total) if hit.score >= least]
        hits.sort(key=lambda hit: (-hit.score, -hit.count))
        self._index.arrays.looked_at(phrases)
        return Answer(self.query, facet, measure, tuple(hits[:limit]), phrases, total)

    def _parts(self) -> Iterator[tuple[int, LevelMatches]]:
        """Yield the matching rows in parts of one length each that are no longer than `_PART`."""
        for length, own in self._levels.items():
            for start in range(0, len(own.rows), _PART):
                part = slice(start, start + _PART)
                yield length, LevelMatches(own.rows[part], own.opened[part])
                if part.stop < len(own.rows):
                    self._index.arrays.let_go()

    def _counted(self, facet: Facet) -> Iterator[_Counted]:
        """Yield the phrases that occur in the facet, with their counts."""
        for length, own in self._parts():
            counts = self._index.counts(length, own.rows, facet)
            counted = _Counted(length, own.rows, own.opened, counts)
            yield counted if counts.all() else counted.taken(np.flatnonzero(counts))

    def _frequencies(self, part: _Counted, facet: Facet) -> Frequencies:
        """Return what the measure of each phrase is computed from."""
        of_word = self._index.word_counts(facet)
        words = [of_word[column[part.rows]] for column in self._index.level(part.length).words]
        is_open = [(part.opened >> slot & 1).astype(bool) for slot in range(part.length)]
        return Frequencies(part.counts, words, is_open, self._index.size(facet))

    def _hits(self, ranked: _Ranked, total: int) -> Iterator[Hit]:
        """Yield the phrases of one length as they are shown."""
        part, scores = ranked.part, ranked.scores
        level = self._index.level(part.length)
        words = zip(*(column[part.rows].tolist() for column in level.words), strict=True)
        tags, trends = level.tags[part.rows].tolist(), trends_of(self._index, part.length, part.rows)
        figures = zip(part.opened.tolist(), part.counts.tolist(), scores.tolist(), trends, strict=True)
        for numbers, tag, (opened, count, score, trend) in zip(words, tags, figures, strict=True):
            slots = tuple(
                Slot(self._index.words.text(word), WordClass(tag >> TAG_BITS * at & TAG_MASK), bool(opened >> at & 1))
                for at, word in enumerate(numbers)
            )
            yield Hit(slots, count, 100 * count / total, float(score), trend)


def _first(part: _Counted, scores: Scores, limit: int, least: float) -> _Ranked:
    """Return the phrases with the largest scores from `least` on, in falling order; equal ones by falling count."""
    places = np.flatnonzero(scores >= least)
    if len(places) > limit:
        bound = np.partition(scores[places], -limit)[-limit]
        places = places[scores[places] >= bound]
    places = places[np.lexsort((places, -part.counts[places], -scores[places]))][:limit]
    return _Ranked(part.taken(places), scores[places])


def trends_of(index: Index, length: int, rows: Rows) -> list[Trend]:
    """Return how frequent n-grams were in either period, over the fields that the index has of both."""
    both = [field for field in index.fields() if sum(cell.field == field for cell in index.cells) > 1]
    cells = index.level(length).cells[rows]
    rates = []
    for period in (TO_2022, FROM_2023):
        columns = [at for at, cell in enumerate(index.cells) if cell.period == period and cell.field in both]
        size = int(index.tokens[columns].sum())
        rates.append((1e6 * cells[:, columns].sum(axis=1) / max(size, 1)).tolist())
    return [Trend(*pair) for pair in zip(*rates, strict=True)]
