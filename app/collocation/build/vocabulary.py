"""Second step of a build: repeated lines go, words get their numbers, and the shards become one long text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from app.collocation.build.shards import SIGNS, LoadedShard, load_shard, shard_files
from app.collocation.build.workspace import allocate, write_arrays, write_json
from app.collocation.packed import Array
from app.collocation.tags import CLASS_COUNT
from app.core.i18n import tr
from app.core.progress import Progress

ROWS: Final = "rows-1.u32"
"""The number of the frequent word at each position, counted from 1; 0 where there is none."""
TAGS: Final = "tags.u8"
CELLS: Final = "cells.u8"
LEVEL_ONE: Final = "level-1.npz"
SUMMARY: Final = "vocabulary.json"


@dataclass(frozen=True)
class Thresholds:
    """An n-gram is kept if it occurs at least so often: `word` for single words, `phrase` for two to five."""

    word: int = 3
    phrase: int = 3


def make_vocabulary(folder: Path, cells: int, threshold: int, progress: Progress) -> None:
    """Write the text of all shards as word numbers, and the counts of the words. Raises `StorageError`."""
    shards = shard_files(folder / "shards")
    repeated = _repeated_lines(shards)
    counts: Counter[str] = Counter()
    for number, path in enumerate(shards):
        progress.report(number, 2 * len(shards), tr("Counting words"))
        shard = load_shard(path)
        kept = shard.ids[_kept_tokens(shard, repeated[number])]
        found = np.bincount(kept, minlength=len(shard.words))
        counts.update({word: int(count) for word, count in zip(shard.words, found, strict=True) if count})
    for sign in SIGNS:
        counts.pop(sign, None)
    words = sorted((word for word, count in counts.items() if count >= threshold), key=lambda w: (-counts[w], w))
    text = _Text(folder, words, cells, sum(len(load_shard(path).ids) for path in shards))
    for number, path in enumerate(shards):
        progress.report(len(shards) + number, 2 * len(shards), tr("Numbering words"))
        text.add(load_shard(path), repeated[number])
    text.finish(tokens=counts.total(), repeated=int(sum(lines.sum() for lines in repeated)))


def _repeated_lines(shards: list[Path]) -> list[npt.NDArray[np.bool_]]:
    """Tell for each line of each shard whether an earlier line begins with the same letters."""
    marks = [load_shard(path).marks for path in shards]
    joined = np.concatenate([np.zeros(0, np.uint64), *marks])
    first = np.zeros(len(joined), dtype=bool)
    first[np.unique(joined, return_index=True)[1]] = True
    return np.split(~first, np.cumsum([len(each) for each in marks])[:-1]) if marks else []


def _kept_tokens(shard: LoadedShard, repeated: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    return np.repeat(~repeated, shard.line_lengths())


class _Text:
    """The arrays of the whole text while they are filled."""

    def __init__(self, folder: Path, words: list[str], cells: int, length: int) -> None:
        self._folder = folder
        self._words = words
        self._numbers = {word: number for number, word in enumerate(words, 1)}
        self._rows = allocate(folder / ROWS, length, np.uint32)
        self._tags = allocate(folder / TAGS, length, np.uint8)
        self._cells = allocate(folder / CELLS, length, np.uint8)
        self._counts = np.zeros((len(words) + 1, cells), dtype=np.int64)
        self._votes = np.zeros((len(words) + 1, CLASS_COUNT), dtype=np.int64)
        self._end = 0

    def add(self, shard: LoadedShard, repeated: npt.NDArray[np.bool_]) -> None:
        """Append the lines of a shard; repeated ones only leave a gap."""
        numbers = np.array([self._numbers.get(word, 0) for word in shard.words], dtype=np.uint32)
        rows = np.where(_kept_tokens(shard, repeated), numbers[shard.ids], np.uint32(0))
        cells = np.repeat(shard.cells, shard.line_lengths())
        place = slice(self._end, self._end + len(rows))
        self._rows[place], self._tags[place], self._cells[place] = rows, shard.tags, cells
        self._end = place.stop
        _tally(self._counts, rows, cells)
        _tally(self._votes, rows, shard.tags)

    def finish(self, *, tokens: int, repeated: int) -> None:
        counts, votes = self._counts[1:], self._votes[1:]
        level: dict[str, Array] = {
            "words": np.arange(len(counts), dtype=np.uint32)[:, None],
            "cells": counts.astype(np.uint32),
            "tags": votes.argmax(axis=1).astype(np.uint8)[:, None],
            "votes": votes.astype(np.uint32),
        }
        write_arrays(self._folder / LEVEL_ONE, level)
        cells = [int(count) for count in counts.sum(axis=0)]
        summary = {"words": self._words, "tokens": tokens, "cells": cells, "repeated": repeated, "length": self._end}
        write_json(self._folder / SUMMARY, summary)


def _tally(table: npt.NDArray[np.int64], rows: npt.NDArray[np.uint32], columns: npt.NDArray[np.uint8]) -> None:
    """Add 1 to the entry of each row and column."""
    width = table.shape[1]
    flat = np.bincount(rows.astype(np.int64) * width + columns, minlength=table.size)
    table += flat.reshape(table.shape)
