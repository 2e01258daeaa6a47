"""Third step of a build: count n-grams level by level, part by part.

An n-gram can only be frequent if its first and its last n - 1 words are (Agrawal and Srikant 1994, "Fast Algorithms for
Mining Association Rules"). So each position carries the number of the frequent (n - 1)-gram that begins there, and an
n-gram is the pair of the numbers at two neighbouring positions. Pairs are spread over parts by a hash; a part is sorted
and counted on its own, in memory that does not depend on the size of the corpus.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from app.collocation.build.vocabulary import CELLS, ROWS, TAGS
from app.collocation.build.workspace import mapped, write_arrays
from app.collocation.packed import Array
from app.collocation.tags import CLASS_COUNT

LONGEST: Final = 5
"""Words of the longest n-grams."""
PART_POSITIONS: Final = 8_000_000
"""Positions of a part, about: 250 MB of memory."""
_CHUNK: Final = 4_000_000
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
"""2 ** 64 divided by the golden ratio: Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4)."""

Positions = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class PartTask:
    """Count the n-grams of `level` words whose hash falls into one of `parts` parts."""

    folder: Path
    level: int
    part: int
    parts: int
    cells: int
    threshold: int


def rows_file(folder: Path, level: int) -> Path:
    """Return the file of the n-gram's number at each position, from 1; 0 where no frequent one begins."""
    return folder / ROWS.replace("1", str(level))


def part_file(task: PartTask) -> Path:
    """Return the file of the counts of a part: `words`, `cells` and `tags`, one row an n-gram."""
    return task.folder / f"level-{task.level}-{task.part:04d}.npz"


def count_part(task: PartTask) -> None:
    """Count one part, number its n-grams for the next level, write both. Raises `StorageError`.

    A part that is there already is kept.
    """
    if part_file(task).exists():
        return
    keys, positions = _candidates(task)
    order = np.argsort(keys, kind="stable")
    keys, positions = keys[order], positions[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, np.int64)
    counts = np.diff(starts, append=len(keys))
    frequent = counts >= task.threshold
    positions = positions[np.repeat(frequent, counts)]
    counts = counts[frequent]
    groups = np.repeat(np.arange(len(counts)), counts)
    _number(task, positions, groups)
    write_arrays(part_file(task), _described(task, positions, groups, np.cumsum(counts) - counts))


def _candidates(task: PartTask) -> tuple[Keys, Positions]:
    """Return the pairs of this part as single numbers, with their positions."""
    keys, positions = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    for start, pairs in _pairs(mapped(rows_file(task.folder, task.level - 1), np.uint32)):
        chosen = (pairs != 0) & (((pairs * _SPREAD) >> np.uint64(32)) % np.uint64(task.parts) == task.part)
        keys.append(pairs[chosen])
        positions.append(np.flatnonzero(chosen) + start)
    return np.concatenate(keys), np.concatenate(positions)


def _pairs(rows: npt.NDArray[np.uint32]) -> Iterator[tuple[int, Keys]]:
    """Yield stretches of the text as pairs of neighbouring numbers, 0 where one is missing."""
    for start in range(0, len(rows) - 1, _CHUNK):
        stretch = rows[start : start + _CHUNK + 1].astype(np.uint64)
        first, second = stretch[:-1], stretch[1:]
        yield start, np.where((first != 0) & (second != 0), first << np.uint64(32) | second, np.uint64(0))


def _number(task: PartTask, positions: Positions, groups: Positions) -> None:
    """Write the numbers of the n-grams; the parts take turns, so that numbers never meet."""
    rows = mapped(rows_file(task.folder, task.level), np.uint32, writable=True)
    rows[positions] = groups * task.parts + task.part + 1


def _described(task: PartTask, positions: Positions, groups: Positions, first: Positions) -> dict[str, Array]:
    """Return words, counts of each cell and the majority class of each slot; `first` is where each group begins."""
    words = mapped(rows_file(task.folder, 1), np.uint32)
    tags = mapped(task.folder / TAGS, np.uint8)
    cells = mapped(task.folder / CELLS, np.uint8)
    slots = range(task.level)
    one_each = positions[first]
    return {
        "words": np.stack([words[one_each + slot] for slot in slots], axis=1) - np.uint32(1),
        "cells": _table(groups, cells[positions], len(first), task.cells),
        "tags": np.stack(
            [_table(groups, tags[positions + slot], len(first), CLASS_COUNT).argmax(axis=1) for slot in slots], axis=1
        ).astype(np.uint8),
    }


def _table(groups: Positions, columns: npt.NDArray[np.uint8], height: int, width: int) -> npt.NDArray[np.uint32]:
    """Count how often each column goes with each group, shape (height, width)."""
    flat = np.bincount(groups * width + columns, minlength=height * width)
    return flat.reshape(height, width).astype(np.uint32)
