"""Expanded files in the user's cache: made from packed ones, checked when they changed, made again when damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from shutil import disk_usage
from typing import Final, Generic, Protocol, TypeVar

from app.collocation.arrays import MappedArrays
from app.core.errors import StorageError
from app.core.files import alone, write_atomic
from app.core.i18n import tr
from app.core.progress import Progress

GROWTH: Final = 16
"""The expanded file is at most so many times as large as the packed one."""
_HEAD_BYTES: Final = 1 << 16
"""What is read of a packed file to tell it from others."""


class Mapped(Protocol):
    """Something that answers from a mapped file."""

    arrays: MappedArrays


Opened = TypeVar("Opened", bound=Mapped)


@dataclass(frozen=True)
class Expander(Generic[Opened]):
    """How one kind of packed file is expanded and opened."""

    expand: Callable[[Path, Path, Progress | None], None]
    open: Callable[[Path], Opened]


def expanded_path(packed: Path, folder: Path) -> Path:
    """Return where the expanded file of a packed one belongs: each packed file, even of the same name, has a place."""
    with packed.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    mark = blake2b(head + str(packed.stat().st_size).encode(), digest_size=6).hexdigest()
    return folder / f"{packed.stem}-{mark}.index"


def open_expanded(packed: Path, path: Path, kind: Expander[Opened], progress: Progress | None = None) -> Opened:
    """Open an expanded file, making it first if it is missing or damaged. Raises `StorageError`, `Cancelled`.

    Hashes are compared when the file is not the one that was checked before, by its size and time.
    """
    try:
        opened = kind.open(path)
        if not _is_sealed(path):
            opened.arrays.verify()
    except StorageError:
        _expand(packed, path, kind, progress)
        opened = kind.open(path)
    if not _is_sealed(path):
        write_atomic(_seal(path), json.dumps(_stamp(path)))
    return opened


def _expand(packed: Path, path: Path, kind: Expander[Opened], progress: Progress | None) -> None:
    """Make the expanded file and remove those of older packed files of the same name."""
    with alone(path):
        needed = GROWTH * packed.stat().st_size
        if disk_usage(path.parent).free < needed:
            raise StorageError(
                tr(
                    "This needs {size} MB in {path}. Make room and try again.",
                    size=-(-needed // 10**6),
                    path=path.parent,
                )
            )
        kind.expand(packed, path, progress)
        stem = path.name.rpartition("-")[0]
        for old in path.parent.glob(f"{stem}-*"):
            if old.name.rpartition("-")[0] == stem and old.stem != path.stem:
                with suppress(OSError):  # Windows keeps a file that is still mapped
                    old.unlink()


def _seal(path: Path) -> Path:
    """Return the file that keeps size and time of an expanded file whose hashes were right."""
    return path.with_suffix(".seal")


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]


def _is_sealed(path: Path) -> bool:
    try:
        return bool(json.loads(_seal(path).read_text(encoding="utf-8")) == _stamp(path))
    except (OSError, ValueError):
        return False
