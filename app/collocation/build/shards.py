"""First step of a build: documents become shards of token numbers, one document independently of the others."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from app.collocation.build.documents import Document, Passage, Skipped
from app.collocation.build.readers import read_document
from app.collocation.build.tagger import shipped_tagger
from app.collocation.facets import Cell, period_of
from app.collocation.tokens import COMMA, LINE_END, OTHER, STOP, kind_of, tokens
from app.core.errors import InputError
from app.core.files import write_atomic

SIGNS: Final = (LINE_END, STOP, COMMA, OTHER)
"""The first token numbers of every shard; words follow."""
SHARD_TOKENS: Final = 4_000_000
"""A shard ends with the line that reaches so many tokens: 20 MB on the disk, 100 MB of memory while it is made."""
_COMPARED: Final = 160
"""Letters at the beginning of a line by which repeated lines are recognised: the same abstract comes from several
sources with formulas and quotation marks written differently."""
_NOT_LETTERS: Final = re.compile(r"[^a-z]+")


@dataclass(frozen=True)
class ShardTask:
    """Make the shards of one document in a folder. `number` orders the documents."""

    number: int
    document: Document
    folder: Path
    cells: tuple[Cell, ...]


class _Numbers(dict[str, int]):
    """Token to number; a token that is met for the first time gets the next number, or that of its kind."""

    def __init__(self) -> None:
        super().__init__((sign, number) for number, sign in enumerate(SIGNS))
        self.words = list(SIGNS)

    def __missing__(self, token: str) -> int:
        kind = kind_of(token)
        if kind != token or kind not in self:
            number = self.get(kind, len(self.words))
            if number == len(self.words):
                self.words.append(kind)
            self[token] = number
        return self[token]


class _Shard:
    """Lines collected until they are written."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._tokens: list[int] = []
        self._starts: list[int] = []
        self._marks: list[int] = []
        self._cells: list[int] = []

    def add(self, text: str, cell: int) -> None:
        self._starts.append(len(self._tokens))
        self._marks.append(line_mark(text))
        self._cells.append(cell)
        self._tokens.extend(map(self._numbers.__getitem__, tokens(text)))
        self._tokens.append(0)

    def is_full(self) -> bool:
        return len(self._tokens) >= SHARD_TOKENS

    def write(self, path: Path) -> None:
        ids = np.array(self._tokens, dtype=np.uint32)
        tags = shipped_tagger().tag(ids, self._numbers.words)
        file = io.BytesIO()
        np.savez(
            file,
            ids=ids,
            tags=tags,
            starts=np.array(self._starts, dtype=np.int64),
            marks=np.array(self._marks, dtype=np.uint64),
            cells=np.array(self._cells, dtype=np.uint8),
            words=np.frombuffer("\0".join(self._numbers.words).encode(), dtype=np.uint8),
        )
        write_atomic(path, file.getvalue())


def line_mark(text: str) -> int:
    """Return a number that is the same for lines that begin with the same letters."""
    letters = _NOT_LETTERS.sub("", text[: 2 * _COMPARED].lower())[:_COMPARED]
    return int.from_bytes(blake2b(letters.encode(), digest_size=8).digest(), "little")


def make_shards(task: ShardTask) -> Skipped | None:
    """Write the shards of a document and a mark that they are complete; return why a document was left out.

    Shards that are there already are kept. Raises `StorageError`.
    """
    done = done_mark(task)
    if done.exists():
        return _skipped(task, json.loads(done.read_text(encoding="utf-8")))
    report: dict[str, Any] = {"shards": 0, "reason": ""}
    try:
        for shard in _shards(read_document(task.document), task):
            shard.write(task.folder / f"{task.number:06d}-{report['shards']:04d}.npz")
            report["shards"] += 1
    except InputError as error:
        report["reason"] = str(error)
    write_atomic(done, json.dumps(report))
    return _skipped(task, report)


def done_mark(task: ShardTask) -> Path:
    """Return the path of the file that says that a document's shards are complete, and how many there are."""
    return task.folder / f"{task.number:06d}.json"


def _skipped(task: ShardTask, report: dict[str, Any]) -> Skipped | None:
    return Skipped(task.document.path, report["reason"]) if report["reason"] else None


def _shards(passages: Iterable[Passage], task: ShardTask) -> Iterator[_Shard]:
    columns = {cell: number for number, cell in enumerate(task.cells)}
    shard = _Shard()
    for passage in passages:
        shard.add(passage.text, columns[_cell(task.document, passage)])
        if shard.is_full():
            yield shard
            shard = _Shard()
    yield shard


def _cell(document: Document, passage: Passage) -> Cell:
    return Cell(document.field, document.period or period_of(passage.year or 0))


@dataclass(frozen=True)
class LoadedShard:
    """The arrays of a shard: per token `ids` and `tags`, per line `starts`, `marks` and `cells`, and its words."""

    ids: npt.NDArray[np.uint32]
    tags: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.int64]
    marks: npt.NDArray[np.uint64]
    cells: npt.NDArray[np.uint8]
    words: list[str]

    def line_lengths(self) -> npt.NDArray[np.int64]:
        """Return the tokens of each line, its end included."""
        return np.diff(self.starts, append=len(self.ids))


def shard_files(folder: Path) -> list[Path]:
    """Return the files of all shards in the order of the documents."""
    return sorted(folder.glob("*.npz"))


def load_shard(path: Path) -> LoadedShard:
    """Read a shard."""
    with np.load(path) as data:
        words = data["words"].tobytes().decode().split("\0")
        return LoadedShard(data["ids"], data["tags"], data["starts"], data["marks"], data["cells"], words)
