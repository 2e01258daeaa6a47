"""Reading a sentence: pairs of words that are rare although a small change makes them frequent.

Four changes are tried at each word: another preposition, none, one more, and another form of a noun or another light
verb. A change is offered when a phrase around it becomes many times as frequent; the longer the phrase, the less is
needed, for longer phrases leave less room for other meanings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.collocation.engine import Engine
from app.collocation.facets import EVERYTHING, Facet
from app.collocation.query.syntax import LONGEST, Atom, Kind, Query, Slot
from app.collocation.tags import WordClass
from app.collocation.tokens import PlacedWord, runs

LONGEST_TEXT: Final = 2000
"""Characters that are read; a longer text is read up to here."""
PREPOSITIONS: Final = frozenset(
    (
        *("about", "across", "after", "against", "among", "at", "between", "by", "for", "from", "in", "into", "of"),
        *("on", "onto", "over", "through", "to", "toward", "towards", "under", "upon", "with", "within"),
    )
)
CONJUNCTIONS: Final = frozenset({"and", "or", "but", "nor", "that", "how", "whether"})
AUXILIARIES: Final = frozenset({"be", "is", "are", "was", "were", "been", "being", "can", "may", "will", "must"})
GOVERNING: Final = frozenset({WordClass.VERB, WordClass.NOUN, WordClass.ADJECTIVE})
LIGHT_VERBS: Final = ("make", "do", "take", "have", "give", "pay", "conduct", "perform", "carry", "draw", "put", "play")
"""Verbs that mean little beside their noun, so that the noun decides which one is written."""

_CONTEXTS: Final = ((2, 2), (1, 3), (1, 2), (2, 1), (0, 3), (1, 1), (0, 2))
"""Words before and after the changed one in the phrases that are compared."""
_NEEDED: Final = {3: (40, 100.0), 4: (15, 30.0), 5: (8, 12.0)}
"""For phrases of so many words: the count that the better one needs, and times the count of the written one."""
_NEEDED_WITHOUT_WORD: Final = 300
"""The count that a phrase of three words needs when a word of it is left out: pairs are frequent by themselves."""
"""For phrases of so many words: the count that the better one needs, and times the count of the written one."""
_ACCEPTED: Final = 5.0
"""A phrase is right as it is when a better one is less than so many times as frequent."""
_BETTER: Final = 3
"""Better ones that are offered."""

Words = Sequence[str]


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
class _Change:
    """Put one of `slot` in the place of the words from `start` to `end`; an empty slot only removes them."""

    start: int
    end: int
    slot: Slot | None

    @property
    def changes_length(self) -> bool:
        """Whether a word is put in or left out."""
        return self.slot is None or self.start == self.end


def scan(engine: Engine, text: str, facet: Facet = EVERYTHING) -> list[Finding]:
    """Return what is rare in a text and could be written better, in the order of the text, without overlaps."""
    reader = _Reader(engine, facet)
    found = [finding for run in runs(text[:LONGEST_TEXT]) for finding in reader.read(run)]
    found.sort(key=lambda each: (-each.better[0].count / max(1, each.count), each.start))
    kept: list[Finding] = []
    for finding in found:
        if all(finding.end <= other.start or finding.start >= other.end for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda each: each.start)


class _Reader:
    """Tries changes in one run of words after the other."""

    def __init__(self, engine: Engine, facet: Facet) -> None:
        self._engine = engine
        self._facet = facet
        self._prepositions: Slot = frozenset(Atom(Kind.WORD, word) for word in PREPOSITIONS)

    def read(self, run: Sequence[PlacedWord]) -> Iterator[Finding]:
        """Yield what is found in a run."""
        words = [word.text for word in run]
        if len(words) > 1:
            for change in self._changes(words):
                finding = self._judge(run, words, change)
                if finding:
                    yield finding

    def _changes(self, words: Words) -> Iterator[_Change]:
        for at, word in enumerate(words):
            if word in PREPOSITIONS or word == "than":
                yield _Change(at, at + 1, self._prepositions)
            if at and self._governs(words[at - 1]) and word not in CONJUNCTIONS:
                if word not in PREPOSITIONS:
                    yield _Change(at, at, self._prepositions)
                elif words[at + 1 : at + 2] and words[at + 1] not in CONJUNCTIONS:
                    yield _Change(at, at + 1, None)
            yield from self._forms(words, at)

    def _governs(self, word: str) -> bool:
        """Tell whether a word is one that decides which preposition follows it, if any."""
        number = self._engine.index.words.number(word)
        return number is not None and word not in AUXILIARIES and self._engine.index.main_class(number) in GOVERNING

    def _forms(self, words: Words, at: int) -> Iterator[_Change]:
        """Yield the change to another number of a noun or to another light verb."""
        index = self._engine.index
        number = index.words.number(words[at])
        if number is None:
            return
        forms = {index.words.text(int(each)) for each in index.forms(words[at])}
        if forms & set(LIGHT_VERBS) and at + 1 < len(words):
            yield _Change(at, at + 1, frozenset(Atom(Kind.LEMMA, verb) for verb in LIGHT_VERBS))
        elif index.main_class(number) is WordClass.NOUN:
            nouns = [each for each in forms if index.main_class(index.words.number(each) or 0) is WordClass.NOUN]
            if len(nouns) > 1:
                yield _Change(at, at + 1, frozenset(Atom(Kind.WORD, each) for each in nouns))

    def _judge(self, run: Sequence[PlacedWord], words: Words, change: _Change) -> Finding | None:
        """Compare phrases around a change, the longest first; return what is better if one of them says so."""
        for first, last in _stretches(len(words), change):
            count, better = self._compared(words, change, first, last)
            if not better:
                continue
            least, times = _NEEDED[last - first]
            if change.slot is None and last - first == min(_NEEDED):
                least = _NEEDED_WITHOUT_WORD
            best = better[0].count
            if best >= least and best >= times * max(count, 1):
                text = " ".join(words[first:last])
                return Finding(run[first].start, run[last - 1].end, text, count, better[:_BETTER])
            if count and best < _ACCEPTED * count:
                return None
        return None

    def _compared(self, words: Words, change: _Change, first: int, last: int) -> tuple[int, tuple[Better, ...]]:
        """Return the count of the written phrase and the other ones that the change leads to."""
        left, right = words[first : change.start], words[change.end : last]
        middle = [change.slot] if change.slot is not None else []
        if len(left) + len(middle) + len(right) > LONGEST:
            return 0, ()
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
    return frozenset({Atom(Kind.WORD, word)})


def _stretches(length: int, change: _Change) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word, exclusive, of the phrases around a change in a run of so many words.

    What is before the change is left out only where nothing is before it; where a word is put in or left out, both
    sides are needed to see the difference.
    """
    for before, after in _CONTEXTS:
        first, last = change.start - before, change.end + after
        fits = first >= 0 and last <= length and last - first in _NEEDED
        if fits and (before or not change.start) and (not change.changes_length or (before and after)):
            yield first, last
