"""How strongly the words of a phrase attract each other.

With f the count of a phrase of n words, f_1 ... f_n the counts of its words, and N the words counted:
E = f_1 ... f_n / N^(n-1) is the count to be expected if words stood in any order (Evert 2008, "Corpora and
collocations", for two words; the product for more).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from app.collocation.options import MEASURE_TITLES

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

LOG_DICE_TOP: Final = 14.0
"""logDice of words that only occur together."""


@dataclass(frozen=True)
class Frequencies:
    """What measures are computed from: arrays over the same phrases."""

    phrase: Floats | Counts
    """Count of each phrase, above 0."""
    words: Sequence[Floats]
    """Counts of its first word, of its second word and so on, above 0."""
    is_open: Sequence[npt.NDArray[np.bool_]]
    """Whether the writer asked for its first word, its second word and so on."""
    size: int
    """Words counted."""


def by_count(given: Frequencies) -> Floats | Counts:
    """Return the count."""
    return given.phrase


def share(given: Frequencies) -> Floats:
    """Return the share, 0 to 1, of the uses of the word asked for that are in this phrase.

    Of several such words the rarest counts, of all words if there is none. Schmid (2000, "English Abstract Nouns as
    Conceptual Shells") calls it reliance.
    """
    is_any = ~np.any(given.is_open, axis=0)
    rarest = np.full(len(is_any), np.inf)
    for count, is_open in zip(given.words, given.is_open, strict=True):
        np.minimum(rarest, count, out=rarest, where=is_open | is_any)
    shares: Floats = np.minimum(given.phrase / rarest, 1.0)
    return shares


def log_dice(given: Frequencies) -> Floats:
    """Return logDice, at most 14 (Rychlý 2008, "A lexicographer-friendly association score"), for n words."""
    dice = len(given.words) * given.phrase / sum(given.words)
    scores: Floats = LOG_DICE_TOP + np.log2(dice)
    return scores


def t_score(given: Frequencies) -> Floats:
    """Return (f - E) / sqrt(f) (Church et al. 1991, "Using statistics in lexical analysis")."""
    scores: Floats = (given.phrase - _expected(given)) / np.sqrt(given.phrase)
    return scores


def mutual_information(given: Frequencies) -> Floats:
    """Return log2(f / E) in bits (Church and Hanks 1990, "Word association norms, mutual information")."""
    bits: Floats = np.log2(given.phrase / _expected(given))
    return bits


def _expected(given: Frequencies) -> Floats:
    """Return E."""
    expected = given.words[0].copy()
    for count in given.words[1:]:
        expected *= count / given.size
    return expected


@dataclass(frozen=True)
class Measure:
    """A way to rank phrases, the largest value first."""

    title: str
    of: Callable[[Frequencies], Floats | Counts]


_FORMULAS: Final = {
    "count": by_count,
    "share": share,
    "logdice": log_dice,
    "tscore": t_score,
    "mi": mutual_information,
}
MEASURES: Final = {key: Measure(title, _FORMULAS[key]) for key, title in MEASURE_TITLES.items()}
