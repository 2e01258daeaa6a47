"""A file of named arrays, compressed: what is shipped and what is expanded into an index.

Layout: 8 bytes `MAGIC`, the length of the header (uint64, little endian), the header (JSON: "meta", and "arrays" with
name, type and shape), then one xz stream of the arrays' bytes (little endian) one after another. The xz stream has its
own check sums.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt

from app.core.errors import StorageError
from app.core.files import write_atomic
from app.core.i18n import tr

MAGIC: Final = b"PDARRAY1"
PRESET: Final = 6
"""Of xz; a higher one takes twice as long to save a hundredth."""
_CHUNK: Final = 1 << 18

Array = npt.NDArray[Any]


def write_packed(path: Path, meta: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
    """Write arrays with a description in JSON's types. Raises `StorageError`."""
    table = [{"name": name, "type": array.dtype.str, "shape": array.shape} for name, array in arrays.items()]
    header = json.dumps({"meta": meta, "arrays": table}, ensure_ascii=False, sort_keys=True).encode()
    packer = lzma.LZMACompressor(check=lzma.CHECK_CRC64, preset=PRESET)
    parts = [MAGIC, len(header).to_bytes(8, "little"), header]
    parts += [packer.compress(np.ascontiguousarray(array).tobytes()) for array in arrays.values()]
    write_atomic(path, b"".join([*parts, packer.flush()]))


class PackedFile:
    """A packed file open for reading its arrays in their order. Raises `StorageError` when it is damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        try:
            self._file: BinaryIO = path.open("rb")
            self.size = path.stat().st_size
            header = self._header()
            self.meta: dict[str, Any] = header["meta"]
            self._table: list[dict[str, Any]] = header["arrays"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._damaged() from error

    def __enter__(self) -> PackedFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def arrays(self) -> Iterator[tuple[str, Array]]:
        """Yield each array with its name."""
        unpacker = lzma.LZMADecompressor()
        for entry in self._table:
            kind = np.dtype(entry["type"])
            shape = tuple(entry["shape"])
            data = self._read(unpacker, kind.itemsize * int(np.prod(shape, dtype=np.int64)))
            yield entry["name"], np.frombuffer(data, dtype=kind).reshape(shape)

    def position(self) -> int:
        """Return how many of the file's `size` bytes have been read."""
        return self._file.tell()

    def _header(self) -> Any:
        if self._file.read(len(MAGIC)) != MAGIC:
            raise ValueError
        length = int.from_bytes(self._file.read(8), "little")
        if length > self.size:
            raise ValueError
        return json.loads(self._file.read(length))

    def _read(self, unpacker: lzma.LZMADecompressor, size: int) -> bytes:
        """Return the next `size` bytes of the stream."""
        parts: list[bytes] = []
        missing = size
        try:
            while missing:
                fresh = self._file.read(_CHUNK) if unpacker.needs_input else b""
                if unpacker.eof or (unpacker.needs_input and not fresh):
                    raise self._damaged()
                parts.append(unpacker.decompress(fresh, max_length=missing))
                missing -= len(parts[-1])
        except (lzma.LZMAError, OSError) as error:
            raise self._damaged() from error
        return b"".join(parts)

    def _damaged(self) -> StorageError:
        return StorageError(tr("{path} is damaged or not complete. Install Paperdesk again.", path=self.path))


def load_packed(path: Path) -> tuple[dict[str, Any], dict[str, Array]]:
    """Return the description and all arrays of a small packed file. Raises `StorageError`."""
    with PackedFile(path) as file:
        return file.meta, dict(file.arrays())
