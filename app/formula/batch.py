"""Reading a folder of pictures to a file of JSON lines that can be gone on with at any time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image

from app.core.errors import InputError
from app.core.files import storage_error
from app.core.progress import Progress
from app.formula.picture import open_picture
from app.formula.service import Recogniser

SUFFIXES: Final = frozenset(
    {".png", ".jpg", ".jpeg", ".jfif", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".heic", ".heif", ".avif", ".ppm"}
)
BATCH_SIZE: Final = 16


@dataclass
class Summary:
    """What became of the pictures."""

    read: int = 0
    failed: int = 0
    before: int = 0


def read_folder(
    folder: Path, out: Path, recogniser: Recogniser, *, recursive: bool, batch_size: int, progress: Progress
) -> Summary:  # fmt: skip
    """Append a line to `out` for each picture in `folder` without one.

    A line holds `image` (the path below `folder`), `latex`, `confidence`, `engine` and `seconds`, or `image` and
    `error`.
    Each batch is flushed to the disk before the next is read; a line that was torn by a kill is removed.
    Raises `StorageError`, `ModelError`, `Cancelled`.
    """
    there = finished(out)
    names = sorted(pictures(folder, recursive=recursive))
    left = [name for name in names if name not in there]
    summary = Summary(before=len(names) - len(left))
    recogniser.load()
    for start in range(0, len(left), batch_size):
        progress.report(start, len(left))
        rows = list(_read(folder, left[start : start + batch_size], recogniser))
        append(out, rows)
        summary.failed += sum("error" in row for row in rows)
        summary.read += sum("error" not in row for row in rows)
    progress.report(len(left), len(left))
    return summary


def pictures(folder: Path, *, recursive: bool) -> Iterator[str]:
    """Yield the paths of the pictures below `folder`, with slashes."""
    for root, folders, files in os.walk(folder):
        if not recursive:
            folders.clear()
        for file in files:
            if Path(file).suffix.lower() in SUFFIXES:
                yield (Path(root) / file).relative_to(folder).as_posix()


def finished(out: Path) -> set[str]:
    """Return the pictures that `out` has a line of, cutting off a line that was not finished. Raises `StorageError`."""
    try:
        data = out.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if len(whole) != len(data):
            os.truncate(out, len(whole))
    except FileNotFoundError:
        return set()
    except OSError as error:
        raise storage_error(out, error) from error
    return {image for line in whole.splitlines() if (image := _image_of(line)) is not None}


def _image_of(line: bytes) -> str | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    image = row.get("image") if isinstance(row, dict) else None
    return image if isinstance(image, str) else None


def append(out: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Append JSON lines and flush them to the disk; nothing of them stays when that fails. Raises `StorageError`."""
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("ab") as file:
            end = file.tell()
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.truncate(out, end)
                raise
    except OSError as error:
        raise storage_error(out, error) from error


def _read(folder: Path, names: list[str], recogniser: Recogniser) -> Iterator[dict[str, Any]]:
    opened: dict[str, Image.Image] = {}
    for name in names:
        try:
            opened[name] = open_picture(folder / name)
        except InputError as error:
            yield {"image": name, "error": str(error)}
    for name, answer in zip(opened, recogniser.recognise(list(opened.values())), strict=True):
        yield {
            "image": name,
            "latex": answer.latex,
            "confidence": round(answer.confidence, 4),
            "engine": answer.engine,
            "seconds": round(answer.seconds, 4),
        }
