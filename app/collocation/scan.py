"""Reading a sentence: words that are rare where they stand although a small change makes them frequent.

A change (see `changes`) is offered when a phrase around it becomes many times as frequent; the longer the phrase, the
less is needed, for longer phrases leave less room for other meanings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.collocation.changes import Change, Changes, Words, any_of
from app.collocation.engine import Engine
from app.collocation.facets import EVERYTHING, Facet
from app.collocation.query.syntax import LONGEST, Query, Slot
from app.collocation.tokens import PlacedWord, runs

LONGEST_TEXT: Final = 2000
"""Characters that are read; a longer text is read up to here."""
_ACCEPTED: Final = 5.0
"""A phrase is right as it is when a better one is less than so many times as frequent."""
_BETTER: Final = 3
"""Better ones that are offered."""
_USUAL: Final = 0.05
"""Others beside the best one are offered when they are at least this share of it."""


@dataclass(frozen=True)
class Better:
    """A phrase to write instead, and how often it occurs."""

    text: str
    count: int


@dataclass(frozen=True)
class Finding:
    """A rare phrase at `start` to `end` of the text, how often it occurs, and better ones, the best first."""

    start: int
    end: int
    text: str
    count: int
    better: tuple[Better, ...]


@dataclass(frozen=True)
class _Judged:
    """A finding, with the words of its phrase and those of them before the change."""

    finding: Finding
    words: int
    before: int

    @property
    def order(self) -> tuple[float, ...]:
        """What puts a finding before others that it overlaps: a longer phrase, then one with more before the change."""
        ratio = self.finding.better[0].count / max(1, self.finding.count)
        return -self.words, -self.before, -ratio, self.finding.start


def scan(engine: Engine, text: str, facet: Facet = EVERYTHING) -> list[Finding]:
    """Return what is rare in a text and could be written better, in the order of the text, without overlaps."""
    reader = _Reader(engine, facet)
    judged = [each for run in runs(text[:LONGEST_TEXT]) for each in reader.read(run)]
    kept: list[Finding] = []
    for finding in (each.finding for each in sorted(judged, key=lambda each: each.order)):
        if all(finding.end <= other.start or finding.start >= other.end for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda each: each.start)


class _Reader:
    """Tries changes in one run of words after the other."""

    def __init__(self, engine: Engine, facet: Facet) -> None:
        self._engine = engine
        self._facet = facet
        self._changes = Changes(engine)

    def read(self, run: Sequence[PlacedWord]) -> Iterator[_Judged]:
        """Yield what is found in a run."""
        words = [word.text for word in run]
        for change in self._changes.of(words) if len(words) > 1 else ():
            judged = self._judge(run, words, change)
            if judged:
                yield judged

    def _judge(self, run: Sequence[PlacedWord], words: Words, change: Change) -> _Judged | None:
        """Compare phrases around a change, the most telling first; return what is better if one of them says so."""
        for first, last in _stretches(len(words), change):
            count, better = self._compared(words, change, first, last)
            if not better:
                continue
            least, times = change.evidence.needed[_longer(change, first, last)]
            best = better[0].count
            if best >= least and best >= times * max(count, 1):
                text = " ".join(words[first:last])
                usual = tuple(each for each in better if each.count >= max(_USUAL * best, _ACCEPTED * count))
                finding = Finding(run[first].start, run[last - 1].end, text, count, usual[:_BETTER])
                return _Judged(finding, last - first, change.start - first)
            if count and best < _ACCEPTED * count:
                return None
        return None

    def _compared(self, words: Words, change: Change, first: int, last: int) -> tuple[int, tuple[Better, ...]]:
        """Return the count of the written phrase and the other ones that the change leads to."""
        left, right = words[first : change.start], words[change.end : last]
        middle = [change.slot] if change.slot is not None else []
        counts = self._counts([*map(_only, left), *middle, *map(_only, right)])
        written = " ".join(words[first:last])
        own = counts.pop(written, None)
        if own is None:
            own = self._counts([_only(word) for word in words[first:last]]).get(written, 0)
        return own, tuple(Better(text, count) for text, count in counts.items())

    def _counts(self, pattern: Sequence[Slot]) -> dict[str, int]:
        """Return the phrases of a pattern with their counts, the most frequent first."""
        matches = self._engine.search(Query("", (tuple(pattern),)))
        return {hit.text: hit.count for hit in matches.answer(self._facet, limit=_BETTER + 1).hits}


def _only(word: str) -> Slot:
    return any_of([word])


def _longer(change: Change, first: int, last: int) -> int:
    """Return the words of the longer one of the written phrase and the better ones."""
    return last - first + (change.start == change.end)


def _stretches(length: int, change: Change) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word, exclusive, of the phrases around a change in a run of so many words."""
    for before, after in change.evidence.contexts:
        first, last = change.start - before, change.end + after
        if first >= 0 and last <= length and _longer(change, first, last) <= LONGEST:
            yield first, last
