"""Expand a packed file into the one that queries are answered from: arrays laid out for memory mapping.

For each level n there are, with rows by falling count:
- `words-n-p`: the word at slot p of each row;
- `tags-n`: the classes of the slots, `TAG_BITS` bits each, slot 0 lowest;
- `counts-n`: the count in all cells together, and `cells-n` (rows, cells) the count in each;
- `starts-n-p` (words + 1) and `posting-n-p`: the rows with word w at slot p are
  `posting[starts[w]:starts[w + 1]]`, in falling order of count.
Beside them the words (see `spelling`), `masks` (a bit for each class), `lemmas`, `synonym-starts` and `synonyms`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from app.collocation.arrays import ArrayWriter
from app.collocation.build.packing import bytes_together, unusual
from app.collocation.packed import Array, PackedFile
from app.collocation.spelling import write_spelling
from app.collocation.tags import TAG_BITS
from app.core.i18n import tr
from app.core.progress import NoProgress, Progress

LEVELS: Final = 5

Words = npt.NDArray[np.uint32]


def expand(packed: Path, out: Path, progress: Progress | None = None) -> None:
    """Write the expanded file. Raises `StorageError`, `Cancelled`; `out` appears only when it is complete."""
    progress = progress or NoProgress()
    with PackedFile(packed) as source, ArrayWriter(out) as target:
        reader = _Reader(source, progress)
        width = _write_words(reader, target)
        words: Words = np.arange(width, dtype=np.uint32)[:, None]
        usual: npt.NDArray[np.uint8] = np.zeros(0, np.uint8)
        for level in range(1, LEVELS + 1):
            if level > 1:
                words = _continued(words, reader)
            cells = _cells(reader.next("cells"), len(words))
            tags = reader.next("tags").T
            usual = tags[:, 0] if level == 1 else usual
            _write_level(target, level, words, cells, tags if level == 1 else unusual(tags, usual[words]), width)
        target.finish(source.meta)


class _Reader:
    """The arrays of the packed file in their order."""

    def __init__(self, source: PackedFile, progress: Progress) -> None:
        self._source = source
        self._arrays: Iterator[tuple[str, Array]] = source.arrays()
        self._progress = progress

    def next(self, name: str) -> Array:
        """Return the next array, whose name begins with `name`. Raises `Cancelled`, `StorageError`."""
        found, array = next(self._arrays)
        if not found.startswith(name):
            raise AssertionError(f"{found} stands where {name} belongs")
        self._progress.report(self._source.position(), self._source.size, tr("Preparing the phrases"))
        return array


def _write_words(reader: _Reader, target: ArrayWriter) -> int:
    """Write what concerns single words and return how many there are."""
    words = reader.next("words").tobytes().decode().split("\n")
    write_spelling(target, words)
    target.write("masks", reader.next("masks"))
    target.write("lemmas", reader.next("lemmas"))
    counts = reader.next("synonym-counts")
    target.write("synonym-starts", np.r_[0, np.cumsum(counts, dtype=np.int64)].astype(np.uint32))
    target.write("synonyms", reader.next("synonyms"))
    return len(words)


def _continued(shorter: Words, reader: _Reader) -> Words:
    """Return the words of a level from those of the level before, both in the order of the words' numbers."""
    children = bytes_together(reader.next("children"))
    steps = bytes_together(reader.next("last")).astype(np.int64)
    parents = np.repeat(np.arange(len(children)), children)
    sums = np.cumsum(steps)
    starts = np.cumsum(children, dtype=np.int64) - children
    before = np.r_[0, sums][starts]
    last = sums - before[parents]
    return np.column_stack([shorter[parents], last.astype(np.uint32)])


def _cells(planes: Array, rows: int) -> npt.NDArray[np.uint32]:
    """Return counts of shape (rows, cells)."""
    return bytes_together(planes).reshape(-1, rows).T if rows else np.zeros((0, 1), np.uint32)


def _write_level(
    target: ArrayWriter, level: int, words: Words, cells: npt.NDArray[np.uint32], tags: Array, width: int
) -> None:  # fmt: skip
    counts = cells.sum(axis=1, dtype=np.uint32)
    order = np.argsort(-counts.astype(np.int64), kind="stable")
    target.write(f"counts-{level}", counts[order])
    target.write(f"cells-{level}", _smallest(cells[order]))
    target.write(f"tags-{level}", _joined(tags[order]))
    for slot in range(level):
        column = words[order, slot]
        target.write(f"words-{level}-{slot}", column)
        lengths = np.bincount(column, minlength=width)
        target.write(f"starts-{level}-{slot}", np.r_[0, np.cumsum(lengths)].astype(np.uint32))
        target.write(f"posting-{level}-{slot}", np.argsort(column, kind="stable").astype(np.uint32))


def _smallest(values: npt.NDArray[np.uint32]) -> Array:
    """Return the same values in the smallest unsigned type that holds them."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))))


def _joined(tags: Array) -> Array:
    """Return the classes of each row as one number."""
    joined = np.zeros(len(tags), dtype=np.uint32)
    for slot in range(tags.shape[1]):
        joined |= tags[:, slot].astype(np.uint32) << np.uint32(TAG_BITS * slot)
    return joined.astype(np.min_scalar_type((1 << TAG_BITS * tags.shape[1]) - 1))
