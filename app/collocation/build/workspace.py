"""The folder a build works in: large arrays in files, so that memory stays small and a stopped build can go on."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from app.collocation.packed import Array
from app.core.files import storage_error, write_atomic

_ZEROS: Final = bytes(1 << 22)


def allocate(path: Path, length: int, kind: type[np.generic]) -> npt.NDArray[Any]:
    """Return a new array of zeros in a file, mapped into memory. Raises `StorageError`.

    The zeros are written, for a disk that fills up while a mapped array is written kills the program.
    """
    missing = length * np.dtype(kind).itemsize
    try:
        with path.open("wb") as file:
            while missing > 0:
                missing -= file.write(_ZEROS[:missing])
    except OSError as error:
        path.unlink(missing_ok=True)
        raise storage_error(path, error) from error
    return mapped(path, kind, writable=True)


def mapped(path: Path, kind: type[np.generic], *, writable: bool = False) -> npt.NDArray[Any]:
    """Return the array in a file, mapped into memory."""
    if not path.stat().st_size:
        return np.zeros(0, dtype=kind)
    return np.memmap(path, dtype=kind, mode="r+" if writable else "r")


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write arrays to one file, in one step. Raises `StorageError`."""
    file = io.BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type]  # numpy's stub takes the names for its own argument
    write_atomic(path, file.getvalue())


def read_arrays(path: Path) -> dict[str, Array]:
    """Return the arrays of a file that `write_arrays` wrote."""
    with np.load(path) as data:
        return {name: data[name] for name in data.files}


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON, in one step. Raises `StorageError`."""
    write_atomic(path, json.dumps(value, ensure_ascii=False, indent=1))
