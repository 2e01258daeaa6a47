"""What a query found: all matching phrases, to be counted and ranked by any facet without searching again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
        return {field: self.total(Facet(field, period)) for field in self._index.fields()}

    def totals_of_periods(self, field: str = "") -> dict[str, int]:
        """Return the occurrences in each period of the index."""
        return {period: self.total(Facet(field, period)) for period in self._index.periods()}

    def answer(self, facet: Facet = EVERYTHING, measure: str = "count", limit: int = SHOWN) -> Answer:
        """Return the first `limit` phrases by a measure (a key of `MEASURES`); equal ones by count, then in order."""
        parts = [self._counted(length, facet) for length in self._levels]
        phrases, total = sum(len(part.rows) for part in parts), sum(int(part.counts.sum()) for part in parts)
        ranked = [_first(part, self._scores(part, facet, measure), limit) for part in parts]
        hits = [hit for part, scores in ranked for hit in self._hits(part, scores, total)]
        hits.sort(key=lambda hit: (-hit.score, -hit.count))
        self._index.arrays.looked_at(phrases)
        return Answer(self.query, facet, measure, tuple(hits[:limit]), phrases, total)

    def _counted(self, length: int, facet: Facet) -> _Counted:
        """Return the phrases of one length that occur in the facet, with their counts."""
        own = self._levels[length]
        counts = self._index.counts(length, own.rows, facet)
        if counts.all():
            return _Counted(length, own.rows, own.opened, counts)
        present = counts > 0
        return _Counted(length, own.rows[present], own.opened[present], counts[present])

    def _scores(self, part: _Counted, facet: Facet, measure: str) -> Floats | Counts:
        """Return the measure of each phrase."""
        if measure == "count":
            return part.counts
        level = self._index.level(part.length)
        of_word = self._index.counts(1, slice(None), facet)
        words = np.stack([of_word[column[part.rows]] for column in level.words]).astype(np.float64)
        asked = (part.opened >> np.arange(part.length)[:, None] & 1).astype(bool)
        asked |= ~asked.any(axis=0)
        rarest = np.where(asked, words, np.inf).min(axis=0, initial=np.inf)
        given = Frequencies(part.counts.astype(np.float64), words, rarest, float(self._index.size(facet)))
        return MEASURES[measure].of(given)

    def _hits(self, part: _Counted, scores: Floats | Counts, total: int) -> Iterator[Hit]:
        """Yield the phrases of one length as they are shown."""
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


def _first(part: _Counted, scores: Floats | Counts, limit: int) -> tuple[_Counted, Floats | Counts]:
    """Return the phrases with the largest scores, in falling order; equal ones by falling count, then by row."""
    places = np.arange(len(scores))
    if len(scores) > limit:
        bound = -np.partition(-scores, limit - 1)[limit - 1]
        places = np.flatnonzero(scores >= bound)
    places = places[np.lexsort((places, -part.counts[places], -scores[places]))][:limit]
    return _Counted(part.length, part.rows[places], part.opened[places], part.counts[places]), scores[places]


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
