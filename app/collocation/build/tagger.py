"""A part-of-speech tagger that needs nothing but numpy: a linear classifier over hashed features of five words.

It is fast (about a million words a second) because no decision waits for another one: each word is classified from
itself, its ending and two neighbours on either side (feature hashing: Weinberger et al. 2009, "Feature Hashing for
Large Scale Multitask Learning"). What it gets wrong in one sentence mostly disappears in the majority over all
sentences that an n-gram stands in.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from app.collocation.packed import load_packed, write_packed
from app.collocation.tags import CLASS_COUNT
from app.core.paths import resources_dir

Hashes = npt.NDArray[np.uint32]
Tags = npt.NDArray[np.uint8]

BUCKET_BITS: Final = 20
REACH: Final = 2
"""Words on either side that a decision looks at."""
SUFFIX: Final = 3
_BATCH: Final = 1 << 16
_SALT: Final = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)
"""Odd multipliers that spread the bits (the primes of xxHash32)."""

_WORD, _ENDING = "w", "s"
TEMPLATES: Final = (
    ((_WORD, 0),),
    ((_WORD, -1), (_WORD, 0)),
    ((_WORD, 0), (_WORD, 1)),
    ((_WORD, -1), (_WORD, 0), (_WORD, 1)),
    ((_WORD, -1), (_WORD, 1)),
    ((_WORD, -2), (_WORD, -1)),
    ((_WORD, 1), (_WORD, 2)),
    ((_WORD, -2), (_WORD, 0)),
    ((_WORD, 0), (_WORD, 2)),
    ((_ENDING, 0),),
    ((_WORD, -1), (_ENDING, 0)),
    ((_ENDING, 0), (_WORD, 1)),
    ((_ENDING, -1), (_ENDING, 0), (_ENDING, 1)),
    ((_ENDING, -1), (_WORD, 0)),
    ((_WORD, 0), (_ENDING, 1)),
    ((_WORD, -1), (_ENDING, 0), (_ENDING, 1)),
)
"""The features: what of the words at which distances."""


def hashes(words: Sequence[str], *, ending: bool = False) -> Hashes:
    """Return a hash of each word, or of its last letters."""
    cut = slice(-SUFFIX, None) if ending else slice(None)
    return np.fromiter((zlib.crc32(word[cut].encode()) for word in words), dtype=np.uint32, count=len(words))


def buckets(words: Hashes, endings: Hashes) -> npt.NDArray[np.uint32]:
    """Return the rows of the weights of each position, shape (positions, templates).

    `words` and `endings` have `REACH` more elements at either end than there are positions.
    """
    length = len(words) - 2 * REACH
    parts = {_WORD: words, _ENDING: endings}
    result = np.empty((length, len(TEMPLATES)), dtype=np.uint32)
    for number, template in enumerate(TEMPLATES):
        mixed = np.full(length, number * _SALT[2] & 0xFFFFFFFF, dtype=np.uint32)
        for part, distance in template:
            start = REACH + distance
            mixed = (mixed ^ parts[part][start : start + length]) * np.uint32(_SALT[0])
            mixed ^= mixed >> np.uint32(15)
        result[:, number] = (mixed * np.uint32(_SALT[1])) >> np.uint32(32 - BUCKET_BITS)
    return result


class Tagger:
    """Weights of shape (2 ** `BUCKET_BITS`, `CLASS_COUNT`), int8: only their sums are compared."""

    def __init__(self, weights: npt.NDArray[np.int8]) -> None:
        self.weights = weights

    @classmethod
    def load(cls, path: Path) -> Tagger:
        """Read the weights. Raises `StorageError`."""
        _, arrays = load_packed(path)
        return cls(arrays["weights"].T.copy())

    def save(self, path: Path) -> None:
        """Write the weights. Raises `StorageError`."""
        write_packed(path, {"kind": "tagger"}, {"weights": self.weights.T})

    def tag(self, ids: npt.NDArray[np.uint32], vocabulary: Sequence[str]) -> Tags:
        """Return the class of each token of a text; `vocabulary` spells the ids, signs and ends of lines included."""
        words, endings = hashes(vocabulary), hashes(vocabulary, ending=True)
        padded = np.concatenate([np.zeros(REACH, np.uint32), ids, np.zeros(REACH, np.uint32)])
        tags = np.empty(len(ids), dtype=np.uint8)
        for start in range(0, len(ids), _BATCH):
            part = padded[start : start + _BATCH + 2 * REACH]
            rows = buckets(words[part], endings[part])
            scores = np.zeros((len(rows), CLASS_COUNT), dtype=np.int16)
            for column in range(rows.shape[1]):
                scores += self.weights[rows[:, column]]
            tags[start : start + len(rows)] = scores.argmax(axis=1)
        return tags


@cache
def shipped_tagger() -> Tagger:
    """Return the tagger that ships with the program. Raises `StorageError`."""
    return Tagger.load(resources_dir() / "ngrams" / "tagger.pack")
