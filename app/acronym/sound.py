"""How well a name can be said: a model of which letters follow which, trained on the words of a lexicon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.acronym.alphabet import LETTERS, SIZE, encode
from app.acronym.lattice import Floats
from app.acronym.lexicon import load_lexicon

EDGE: Final = LETTERS
"""Stands before the first and after the last letter."""
_SYMBOLS: Final = LETTERS + 1
_ORDER: Final = 4
_DISCOUNT: Final = 5.0
"""Strength of the shorter contexts, in occurrences (MacKay and Peto 1995: a Dirichlet prior at each order)."""
_DIGIT_LOG: Final = -3.0
"""A digit among letters is spoken, whatever it follows."""


@dataclass(frozen=True)
class SoundModel:
    """Probabilities of letters after up to three others."""

    tables: tuple[Floats, ...]
    """For each order 1 to 4 natural logarithms of the probability of a letter after those before it."""

    def mean_log(self, codes: NDArray[np.uint8]) -> Floats:
        """Return the mean logarithm of the probability of a letter of each name, its end included.

        Args:
            codes: shape (names, longest + 1): places in the alphabet, `SIZE` after the end of a name.

        """
        padded = np.full((len(codes), codes.shape[1] + _ORDER - 1), EDGE, dtype=np.int64)
        letters = codes.astype(np.int64)
        padded[:, _ORDER - 1 :] = np.where(letters < LETTERS, letters, EDGE)
        table = self.tables[-1]
        total = np.zeros(len(codes), dtype=np.float32)
        lengths = (codes < SIZE).sum(axis=1)
        for at in range(codes.shape[1]):
            window = [padded[:, at + back] for back in range(_ORDER)]
            logs = table[tuple(window)]
            logs = np.where((letters[:, at] >= LETTERS) & (letters[:, at] < SIZE), np.float32(_DIGIT_LOG), logs)
            total += np.where(at <= lengths, logs, np.float32(0))
        mean: Floats = (total / (lengths + 1)).astype(np.float32)
        return mean

    def pairs(self) -> Floats:
        """Return the logarithms of letters after one other, shape (`SIZE` + 1, `SIZE`); the last row is the start."""
        pairs = np.full((SIZE + 1, SIZE), _DIGIT_LOG, dtype=np.float32)
        pairs[:LETTERS, :LETTERS] = self.tables[1][:LETTERS, :LETTERS]
        pairs[SIZE, :LETTERS] = self.tables[1][EDGE, :LETTERS]
        return pairs


@lru_cache(maxsize=8)
def sound_model(language: str) -> SoundModel:
    """Return the model of a language, trained on its lexicon when it is first asked for."""
    return train(load_lexicon(language).codes)


def train(codes: NDArray[np.uint8]) -> SoundModel:
    """Train on words, each counted once: the rare ones show what may be said as well as the common ones.

    Args:
        codes: shape (words, longest): places in the alphabet, `LETTERS` after the end of a word.

    """
    padded = np.full((len(codes), codes.shape[1] + _ORDER), EDGE, dtype=np.int64)
    padded[:, _ORDER - 1 : -1] = codes
    counted = np.ones((len(codes), codes.shape[1] + 1), dtype=bool)
    counted[:, 1:] = codes < LETTERS
    tables: list[Floats] = []
    before = np.full(_SYMBOLS, 1 / _SYMBOLS)
    for order in range(1, _ORDER + 1):
        index = np.zeros(counted.shape, dtype=np.int64)
        for back in range(order):
            start = _ORDER - order + back
            index = index * _SYMBOLS + padded[:, start : start + counted.shape[1]]
        counts = np.bincount(index[counted], minlength=_SYMBOLS**order).reshape((_SYMBOLS,) * order)
        before = (counts + _DISCOUNT * before) / (counts.sum(axis=-1, keepdims=True) + _DISCOUNT)
        tables.append(np.log(before).astype(np.float32))
    return SoundModel(tuple(tables))


def encode_all(names: Sequence[str]) -> NDArray[np.uint8]:
    """Return the codes of folded names as `SoundModel.mean_log` takes them."""
    longest = max(map(len, names), default=0)
    codes = np.full((len(names), longest + 1), SIZE, dtype=np.uint8)
    for row, name in enumerate(names):
        codes[row, : len(name)] = encode(name)
    return codes
