"""Which is right, A or B? Counts side by side, how sure they make us, and a verdict in plain words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from app.collocation.engine import Engine
from app.collocation.facets import EVERYTHING, Facet
from app.collocation.query.syntax import LONGEST
from app.core.errors import InputError
from app.core.i18n import tr

SURE: Final = 10.83
"""Log-likelihood above which chance is ruled out: chi-squared with one degree of freedom, p < 0.001."""
FEW: Final = 10
"""Occurrences of all phrases together below which nothing can be said."""
CLEAR: Final = 5.0
"""Times that the first phrase has to be as frequent as the second to be the one to write."""
_Z: Final = 1.959964
"""Two-sided 95 % quantile of the normal distribution."""


class Verdict(Enum):
    """What the counts say."""

    FIRST = "first"
    BOTH = "both"
    TOO_RARE = "too rare"


@dataclass(frozen=True)
class Candidate:
    """One phrase: `share` of all candidates' occurrences, with the 95 % interval `low` to `high` (0 to 1)."""

    phrase: str
    looked_up: str
    """The part of at most five words, around the difference, that was looked up."""
    count: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Comparison:
    """Candidates by falling count; `log_likelihood` is of the first two having the same chance."""

    candidates: tuple[Candidate, ...]
    log_likelihood: float
    verdict: Verdict

    def sentence(self) -> str:
        """Return the verdict in the user's language."""
        first, second = self.candidates[:2]
        counts = tr(" to ").join(f"{each.count:,}" for each in self.candidates)
        if self.verdict is Verdict.TOO_RARE:
            return tr("{counts}: too rare to tell.", counts=counts)
        if self.verdict is Verdict.BOTH:
            return tr("{counts}: both are written, “{first}” and “{second}”.",
                      counts=counts, first=first.phrase, second=second.phrase)  # fmt: skip
        return tr("{counts}: write “{first}”.", counts=counts, first=first.phrase)


def compare(engine: Engine, phrases: Sequence[str], facet: Facet = EVERYTHING) -> Comparison:
    """Compare two or more phrases, which may be queries. Raises `InputError` for fewer, `QueryError`."""
    unique = list(dict.fromkeys(" ".join(phrase.split()) for phrase in phrases if phrase.strip()))
    if len(unique) < 2:  # noqa: PLR2004
        raise InputError(tr("Write two different phrases to compare."))
    looked_up = around_difference(unique)
    counts = [engine.search(query).total(facet) for query in looked_up]
    total = sum(counts)
    rows = [
        Candidate(phrase, query, count, count / total if total else 0.0, *wilson(count, total))
        for phrase, query, count in zip(unique, looked_up, counts, strict=True)
    ]
    rows.sort(key=lambda each: -each.count)
    ratio = log_likelihood(rows[0].count, rows[1].count)
    return Comparison(tuple(rows), ratio, _verdict(rows[0].count, rows[1].count, ratio))


def _verdict(first: int, second: int, ratio: float) -> Verdict:
    if first + second < FEW:
        return Verdict.TOO_RARE
    return Verdict.FIRST if first >= CLEAR * second and ratio >= SURE else Verdict.BOTH


def wilson(count: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927, "Probable inference"); 0 to 1 when nothing was counted."""
    if not total:
        return 0.0, 1.0
    share, z2 = count / total, _Z * _Z / total
    middle = share + z2 / 2
    half = _Z * math.sqrt(share * (1 - share) / total + z2 / (4 * total))
    return max(0.0, (middle - half) / (1 + z2)), min(1.0, (middle + half) / (1 + z2))


def log_likelihood(first: int, second: int) -> float:
    """Return the statistic G2 of two counts having the same chance (Dunning 1993, "Accurate methods")."""
    expected = (first + second) / 2
    return 2 * sum(count * math.log(count / expected) for count in (first, second) if count)


def around_difference(phrases: Sequence[str]) -> list[str]:
    """Return the parts of the phrases that differ, with so many of the words around as an index has."""
    split = [phrase.split() for phrase in phrases]
    if max(len(words) for words in split) <= LONGEST:
        return list(phrases)
    front, back = _common(split), _common([words[::-1] for words in split])
    back = min(back, min(len(words) for words in split) - front)
    spare = LONGEST - max(len(words) - front - back for words in split)
    if spare < 0:
        raise InputError(tr("These phrases differ in more than five words. Compare shorter ones."))
    before = min(front, max(spare - min(back, spare // 2), 0))
    after = min(back, spare - before)
    return [" ".join(words[front - before : len(words) - back + after]) for words in split]


def _common(split: Sequence[Sequence[str]]) -> int:
    """Return how many words all phrases begin with."""
    same = 0
    for column in zip(*split, strict=False):
        if len(set(column)) > 1:
            break
        same += 1
    return same
