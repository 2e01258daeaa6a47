"""Last step of a build: the counts of all levels become one small packed file.

An n-gram is stored as the last word after its first n - 1 words, which are an n-gram of the file themselves: for each
level, how many n-grams continue each n-gram of the level before, and their last words as differences, in the order of
the words' numbers. Differences and counts are split into their low and high bytes, which compress better apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from app.collocation.packed import Array
from app.collocation.tags import CLASS_COUNT

CLASS_SHARE: Final = 0.03
"""A word belongs to every class that it has in at least this share of its places."""

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Level:
    """The n-grams of one length: `words` (rows, n), `cells` (rows, cells) and `tags` (rows, n)."""

    words: npt.NDArray[np.uint32]
    cells: npt.NDArray[np.uint32]
    tags: npt.NDArray[np.uint8]

    def sorted(self) -> Level:
        """Return the same rows in the order of their words' numbers."""
        order = np.lexsort(self.words.T[::-1])
        return Level(self.words[order], self.cells[order], self.tags[order])


def bytes_apart(values: npt.NDArray[np.uint32], count: int = 3) -> Array:
    """Return the lowest `count` bytes of each value, shape (`count`, values)."""
    return np.stack([(values >> np.uint32(8 * number)).astype(np.uint8) for number in range(count)])


def bytes_together(planes: Array) -> npt.NDArray[np.uint32]:
    """Return the values that `bytes_apart` took apart."""
    values = np.zeros(planes.shape[1], dtype=np.uint32)
    for number, plane in enumerate(planes):
        values |= plane.astype(np.uint32) << np.uint32(8 * number)
    return values


def pack_levels(levels: list[Level]) -> dict[str, Array]:
    """Return the arrays of the packed file for levels from single words on, each sorted and closed under prefixes."""
    arrays: dict[str, Array] = {}
    usual = levels[0].tags[:, 0]
    keys: list[Rows] = []
    for number, level in enumerate(levels, 1):
        if number > 1:
            parents = _parents(keys, level.words, len(usual))
            children = np.bincount(parents, minlength=len(keys[-1])).astype(np.uint32)
            arrays[f"children-{number}"] = bytes_apart(children)
            arrays[f"last-{number}"] = bytes_apart(_differences(parents, level.words[:, -1]))
            keys.append(parents * len(usual) + level.words[:, -1])
        else:
            keys.append(level.words[:, 0].astype(np.int64))
        arrays[f"cells-{number}"] = bytes_apart(level.cells.T.ravel(), _bytes_needed(level.cells))
        arrays[f"tags-{number}"] = (level.tags if number == 1 else unusual(level.tags, usual[level.words])).T
    return arrays


def unusual(tags: npt.NDArray[np.uint8], usual: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return tags as differences from the usual tag of their words, or, called with differences, the tags."""
    return tags ^ usual


def _parents(keys: list[Rows], words: npt.NDArray[np.uint32], width: int) -> Rows:
    """Return the row, in the last level of `keys`, of the first words of each n-gram.

    The key of an n-gram is the row of its first words times `width`, plus its last word: it grows with the row.
    """
    rows: Rows = words[:, 0].astype(np.int64)
    for slot, shorter in enumerate(keys[1:], 1):
        rows = np.searchsorted(shorter, rows * width + words[:, slot])
    return rows


def _differences(parents: Rows, last: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Return each last word less the one before it that has the same parent."""
    before = np.r_[np.uint32(0), last[:-1]]
    same = np.r_[False, parents[1:] == parents[:-1]]
    return last - np.where(same, before, np.uint32(0))


def _bytes_needed(values: npt.NDArray[np.uint32]) -> int:
    return max(1, (int(values.max(initial=0)).bit_length() + 7) // 8)


def class_masks(votes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint16]:
    """Return, for counts of shape (words, classes), the classes of each word as bits."""
    frequent = votes >= np.maximum(1, CLASS_SHARE * votes.sum(axis=1, keepdims=True))
    masks: npt.NDArray[np.uint16] = (frequent << np.arange(CLASS_COUNT)).sum(axis=1).astype(np.uint16)
    return masks
