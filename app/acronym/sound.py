"""How well a name can be said, and how much it resembles other names: which letters follow which."""

from __future__ import annotations

import gzip
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.alphabet import LETTERS, SIZE, encode
from app.acronym.lexicon import load_lexicon
from app.acronym.limits import LANGUAGES
from app.acronym.path import Floats
from app.core.paths import resources_dir

_DISCOUNT: Final = 5.0
"""Strength of the single letters beside the pairs, in occurrences (MacKay and Peto 1995: a Dirichlet prior)."""


def names_file() -> Path:
    """Return where names of models, data sets and programs are that were found in papers."""
    return resources_dir() / "acronym" / "names.txt.gz"


@lru_cache(maxsize=len(LANGUAGES))
def sound_of(language: str) -> Floats:
    """Return how well letters follow one another: midway between the words of a language and names in papers.

    Each word counts once: the rare ones, too, show what may be said. See `letter_pairs` for shape and unit.
    """
    names = gzip.decompress(names_file().read_bytes()).decode().split()
    midway: Floats = (letter_pairs(load_lexicon(language).words) + letter_pairs(names)) * np.float32(0.5)
    return midway


def letter_pairs(names: Sequence[str]) -> Floats:
    """Return how much likelier each letter is after each other than if all were alike, as natural logarithms.

    The shape is (`SIZE` + 1, `SIZE`), the last row is the start of a name. Digits are as likely as the mean letter.
    """
    text = np.frombuffer("".join(f"`{name}" for name in names).encode(), dtype=np.uint8).astype(np.int64) - ord("`")
    symbols = LETTERS + 1
    known = (text >= 0) & (text < symbols)
    before, after = text[:-1], text[1:]
    both = known[:-1] & known[1:] & (after > 0)
    counts = np.bincount(before[both] * symbols + after[both], minlength=symbols**2).reshape(symbols, symbols)[:, 1:]
    single = (counts.sum(axis=0) + 1) / (counts.sum() + LETTERS)
    shares = (counts + _DISCOUNT * single) / (counts.sum(axis=1, keepdims=True) + _DISCOUNT)
    pairs = np.zeros((SIZE + 1, SIZE), dtype=np.float32)
    pairs[:LETTERS, :LETTERS] = np.log(shares[1:]) + math.log(LETTERS)
    pairs[SIZE, :LETTERS] = np.log(shares[0]) + math.log(LETTERS)
    return pairs


def sound(language: str, name: str) -> float:
    """Return how well a folded name can be said: the sum over its pairs of letters."""
    codes, pairs = encode(name), sound_of(language)
    return float(pairs[-1, codes[0]] + pairs[codes[:-1], codes[1:]].sum())


def encode_all(names: Sequence[str]) -> NDArray[np.uint8]:
    """Return the codes of folded names, shape (names, longest + 1), with `SIZE` after the end of each."""
    longest = max(map(len, names), default=0)
    codes = np.full((len(names), longest + 1), SIZE, dtype=np.uint8)
    for row, name in enumerate(names):
        codes[row, : len(name)] = encode(name)
    return codes
