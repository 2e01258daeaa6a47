"""The words of a language as a trie, level by level, in arrays: searched as a whole rather than word by word."""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.alphabet import LETTERS
from app.acronym.limits import LANGUAGES, MOST_LETTERS
from app.core.errors import InputError
from app.core.i18n import tr
from app.core.paths import resources_dir

SHORTEST, LONGEST = 3, MOST_LETTERS
"""Letters of the words that are in the lexicons."""
ZIPF_STEPS: Final = 100
"""Frequencies are stored as whole hundredths of the Zipf scale."""
NO_WORD: Final = -1


@dataclass(frozen=True)
class Level:
    """The nodes of one depth of the trie, ordered by their letter."""

    letter: NDArray[np.uint8]
    parent: NDArray[np.int32]
    """Place of each node's parent in the level before; 0 in the first."""
    word: NDArray[np.int32]
    """The word that ends at each node, `NO_WORD` where none does."""
    leads_on: NDArray[np.bool_]
    """Whether there are nodes below each."""


@dataclass(frozen=True)
class Lexicon:
    """Words in alphabetical order, how frequent each is, and their trie."""

    words: tuple[str, ...]
    zipf: NDArray[np.float32]
    """log10 of the occurrences in 10^9 words (van Heuven et al. 2014); 3 is rare, 6 is very common."""
    codes: NDArray[np.uint8]
    """Shape (words, `LONGEST`): places in the alphabet, `LETTERS` after the end of a word."""
    levels: tuple[Level, ...]

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """How many letters each word has."""
        lengths: NDArray[np.int64] = (self.codes < LETTERS).sum(axis=1)
        return lengths

    @cached_property
    def known(self) -> frozenset[str]:
        """The words, to ask for many."""
        return frozenset(self.words)

    def places(self, texts: Iterable[str]) -> list[int]:
        """Return where those of the texts are that are words."""
        return [at for text in texts if (at := self.place(text)) != NO_WORD]

    def place(self, word: str) -> int:
        """Return where a word is in `words`, `NO_WORD` for one that is not."""
        at = bisect_left(self.words, word)
        return at if at < len(self.words) and self.words[at] == word else NO_WORD


def lexicon_file(language: str) -> Path:
    """Return where the words of a language are. Raises `InputError` for one that has none."""
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise InputError(tr("There is no lexicon {language}. There are: {known}.", language=language, known=known))
    return resources_dir() / "acronym" / f"words-{language}.txt.gz"


@lru_cache(maxsize=len(LANGUAGES))
def load_lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language, read once in a tenth of a second. Raises `InputError`."""
    fields = gzip.decompress(lexicon_file(language).read_bytes()).split()
    words = tuple(field.decode() for field in fields[0::2])
    return build_lexicon(words, np.array(fields[1::2]).astype(np.float32) / np.float32(ZIPF_STEPS))


def build_lexicon(words: tuple[str, ...], zipf: NDArray[np.float32]) -> Lexicon:
    """Return the lexicon of words of a to z, at most `LONGEST` of them, that are in alphabetical order."""
    codes = np.full((len(words), LONGEST), LETTERS, dtype=np.uint8)
    raw = np.array(words, dtype=f"S{LONGEST}").view(np.uint8).reshape(len(words), LONGEST)
    np.subtract(raw, ord("a"), out=codes, where=raw > 0)
    lengths = (codes < LETTERS).sum(axis=1)
    # A word begins a new node at every depth from the first letter in which it differs from the word before.
    differs = np.ones(codes.shape, dtype=bool)
    differs[1:] = np.logical_or.accumulate(codes[1:] != codes[:-1], axis=1)
    levels: list[Level] = []
    above = np.zeros(len(words), dtype=np.int32)
    for depth in range(int(lengths.max(initial=0))):
        level, above = _level(codes[:, depth], differs[:, depth], above, lengths - depth)
        levels.append(level)
    return Lexicon(words, zipf.astype(np.float32), codes, tuple(levels))


def _level(
    letters: NDArray[np.uint8], is_new: NDArray[np.bool_], above: NDArray[np.int32], left: NDArray[np.int64]
) -> tuple[Level, NDArray[np.int32]]:
    """Return a level, and for each word the place of its node there (of no meaning for words that are shorter).

    `left` is how many letters of each word there are from this depth on.
    """
    there = letters < LETTERS
    first = np.flatnonzero(is_new & there)
    order = np.argsort(letters[first], kind="stable")
    place = np.empty(len(first), dtype=np.int32)
    place[order] = np.arange(len(first), dtype=np.int32)
    node = place[np.maximum(np.cumsum(is_new & there) - 1, 0)]
    word = np.full(len(first), NO_WORD, dtype=np.int32)
    ending = np.flatnonzero(left == 1)
    word[node[ending]] = ending
    leads_on = np.zeros(len(first), dtype=bool)
    leads_on[node[left > 1]] = True
    return Level(letters[first][order], above[first][order], word, leads_on), node
