"""How strongly the words of a phrase attract each other.

With f the count of a phrase of n words, f_1 ... f_n the counts of its words, and N the words counted:
E = f_1 ... f_n / N^(n-1) is the count to be expected if words stood in any order (Evert 2008, "Corpora and
collocations", for two words; the product for more).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from app.collocation.options import MEASURE_TITLES

Floats = npt.NDArray[np.float64]

LOG_DICE_TOP: Final = 14.0
"""logDice of words that only occur together."""


@dataclass(frozen=True)
class Frequencies:
    """What measures are computed from: arrays over the same phrases."""

    phrase: Floats
    """Count of each phrase, above 0."""
    words: Floats
    """Counts of its words, shape (n, phrases), above 0."""
    rarest_open: Floats
    """Count of the rarest of its words that the writer asked for; of all words if there is none."""
    size: float
    """Words counted."""


def by_count(given: Frequencies) -> Floats:
    """Return the count."""
    return given.phrase


def share(given: Frequencies) -> Floats:
    """Return the share, 0 to 1, of the uses of the word asked for that are in this phrase.

    Schmid (2000, "English Abstract Nouns as Conceptual Shells") calls it reliance.
    """
    shares: Floats = np.minimum(given.phrase / given.rarest_open, 1.0)
    return shares


def log_dice(given: Frequencies) -> Floats:
    """Return logDice, at most 14 (Rychlý 2008, "A lexicographer-friendly association score"), for n words."""
    dice = len(given.words) * given.phrase / given.words.sum(axis=0)
    scores: Floats = LOG_DICE_TOP + np.log2(dice)
    return scores


def t_score(given: Frequencies) -> Floats:
    """Return (f - E) / sqrt(f) (Church et al. 1991, "Using statistics in lexical analysis")."""
    scores: Floats = (given.phrase - np.exp2(_log_expected(given))) / np.sqrt(given.phrase)
    return scores


def mutual_information(given: Frequencies) -> Floats:
    """Return log2(f / E) in bits (Church and Hanks 1990, "Word association norms, mutual information")."""
    bits: Floats = np.log2(given.phrase) - _log_expected(given)
    return bits


def _log_expected(given: Frequencies) -> Floats:
    """Return log2(E)."""
    logs: Floats = np.log2(given.words).sum(axis=0)
    return logs - (len(given.words) - 1) * math.log2(given.size)


@dataclass(frozen=True)
class Measure:
    """A way to rank phrases, the largest value first."""

    title: str
    of: Callable[[Frequencies], Floats]


_FORMULAS: Final = {
    "count": by_count,
    "share": share,
    "logdice": log_dice,
    "tscore": t_score,
    "mi": mutual_information,
}
MEASURES: Final = {key: Measure(title, _FORMULAS[key]) for key, title in MEASURE_TITLES.items()}
