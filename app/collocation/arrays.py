"""One file of named arrays that is mapped into memory, with hashes that tell a whole file from a damaged one.

Layout: 8 bytes `MAGIC`; the arrays, each beginning at a multiple of `ALIGNMENT`; the header (JSON: "meta", and "arrays"
with name, type, shape, place and hash); its length (uint64, little endian) and its BLAKE2b hash (16 bytes). The end is
written last, and the file takes its name only then.
"""

from __future__ import annotations

import json
import mmap
import os
import tempfile
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.collocation.packed import Array
from app.core.errors import StorageError
from app.core.files import storage_error
from app.core.i18n import tr

MAGIC: Final = b"PDMAPPED"
ALIGNMENT: Final = 4096
MANY_ROWS: Final = 2000
"""Reading a row may bring the 64 KB around it into memory, so that these are some 100 MB at most."""
_HASH_BYTES: Final = 16
_TAIL: Final = 8 + _HASH_BYTES


def _hash(data: bytes | memoryview) -> bytes:
    return blake2b(data, digest_size=_HASH_BYTES).digest()


def _bytes_of(array: Array) -> memoryview:
    """Return the bytes of an array without copying them if they are in order."""
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8).data


class ArrayWriter:
    """Writes a file of arrays beside its final place and renames it when `finish` is called. Raises `StorageError`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._table: list[dict[str, Any]] = []
        self._end = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        except OSError as error:
            raise storage_error(path, error) from error
        self._part = Path(name)
        self._file = os.fdopen(handle, "wb")

    def __enter__(self) -> ArrayWriter:
        self._put(MAGIC)
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._part.unlink(missing_ok=True)

    def write(self, name: str, array: Array) -> None:
        """Add an array."""
        self._put(bytes(-self._end % ALIGNMENT))
        data = _bytes_of(array)
        entry = {"name": name, "type": array.dtype.str, "shape": array.shape, "place": self._end}
        self._table.append({**entry, "hash": _hash(data).hex()})
        self._put(data)

    def finish(self, meta: Mapping[str, Any]) -> None:
        """Write the header, flush to the disk, and give the file its name."""
        header = json.dumps({"meta": meta, "arrays": self._table}, ensure_ascii=False).encode()
        self._put(header + len(header).to_bytes(8, "little") + _hash(header))
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self._path)
        except OSError as error:
            raise storage_error(self._path, error) from error

    def _put(self, data: bytes | memoryview) -> None:
        try:
            self._end += self._file.write(data)
        except OSError as error:
            raise storage_error(self._path, error) from error


class MappedArrays(Mapping[str, Array]):
    """The arrays of a file, read from the disk as they are touched. Raises `StorageError` when it is not whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._looked_at = 0
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            header = self._header()
            self.meta: dict[str, Any] = header["meta"]
            self._table: dict[str, dict[str, Any]] = {entry["name"]: entry for entry in header["arrays"]}
            self._arrays = {name: self._view(entry) for name, entry in self._table.items()}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._damaged() from error

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    def __iter__(self) -> Any:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    def verify(self) -> None:
        """Read everything and compare the hashes. Raises `StorageError` when one differs. Takes about a second."""
        for name, entry in self._table.items():
            if _hash(_bytes_of(self._arrays[name])).hex() != entry["hash"]:
                raise self._damaged()
        self.let_go()

    def looked_at(self, rows: int) -> None:
        """Count rows that were read here and there, and let go of the memory when they are many."""
        self._looked_at += rows
        if self._looked_at > MANY_ROWS:
            self.let_go()

    def let_go(self) -> None:
        """Give the memory of the pages read so far back to the system, which may keep them for the next query."""
        self._looked_at = 0
        if hasattr(mmap, "MADV_DONTNEED"):  # not on Windows, which takes them back by itself
            self._map.madvise(mmap.MADV_DONTNEED)

    def _header(self) -> Any:
        if self._map[: len(MAGIC)] != MAGIC:
            raise ValueError
        tail = self._map[-_TAIL:]
        end = len(self._map) - _TAIL
        start = end - int.from_bytes(tail[:8], "little")
        if start < 0 or _hash(self._map[start:end]) != tail[8:]:
            raise ValueError
        return json.loads(self._map[start:end])

    def _view(self, entry: Mapping[str, Any]) -> Array:
        shape = tuple(entry["shape"])
        count = int(np.prod(shape, dtype=np.int64))
        flat = np.frombuffer(self._map, dtype=np.dtype(entry["type"]), count=count, offset=entry["place"])
        return flat.reshape(shape)

    def _damaged(self) -> StorageError:
        return StorageError(tr("{path} is damaged or not complete.", path=self.path))
