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
from app.core.files import alone, shown_name, storage_error
from app.core.i18n import tr
from app.core.progress import Progress
from app.formula.engine import Answer, NoFormula
from app.formula.normalise import reduce
from app.formula.picture import open_picture
from app.formula.service import Recogniser

SUFFIXES: Final = frozenset(
    {".png", ".jpg", ".jpeg", ".jfif", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".heic", ".heif", ".avif", ".ppm"}
)
_BEGINNING: Final = b'{"image": '
"""How every file of results begins."""


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

    A line holds `image` (the path below `folder`), `latex`, `confidence`, `engine` and `seconds`, and `error` when
    nothing could be read.
    Each batch is flushed to the disk before the next is read; a line that was torn by a kill is removed. Two
    processes cannot write to one file.
    Raises `InputError` for a folder or a file that cannot be used, `StorageError`, `ModelError`, `Cancelled`.
    """
    names = sorted(pictures(folder, recursive=recursive))
    with alone(out):
        there = finished(out)
        left = [name for name in names if name not in there]
        summary = Summary(before=len(names) - len(left))
        engine = recogniser.load().name
        for start in range(0, len(left), batch_size):
            progress.report(start, len(left), f"{start}/{len(left)}")
            rows = _read(folder, left[start : start + batch_size], recogniser, engine)
            append(out, rows)
            summary.failed += sum("error" in row for row in rows)
            summary.read += sum("error" not in row for row in rows)
    progress.report(len(left), len(left))
    return summary


def pictures(folder: Path, *, recursive: bool) -> Iterator[str]:
    """Yield the paths of the pictures below `folder`, with slashes. Raises `InputError` when it cannot be read."""
    if not os.access(folder, os.R_OK | os.X_OK):
        raise InputError(tr("You may not read {name}.", name=shown_name(folder)))
    for root, folders, files in os.walk(folder):
        if not recursive:
            folders.clear()
        for file in files:
            if Path(file).suffix.lower() in SUFFIXES:
                yield (Path(root) / file).relative_to(folder).as_posix()


def finished(out: Path) -> set[str]:
    """Return the pictures that `out` has a line of, cutting off a line that was not finished.

    Raises `InputError` for a file that holds something else, which is left as it is, and `StorageError`.
    """
    if not out.exists():
        return set()
    if not out.is_file():
        raise InputError(tr("{name} is not a file.", name=shown_name(out)))
    there, whole = set(), 0
    try:
        with out.open("r+b") as file:
            _check_beginning(out, file.read(len(_BEGINNING)))
            file.seek(0)
            for line in file:
                if line.endswith(b"\n"):
                    whole += len(line)
                    there.add(_image_of(line))
            file.truncate(whole)
    except OSError as error:
        raise storage_error(out, error) from error
    return {image for image in there if image is not None}


def _check_beginning(out: Path, beginning: bytes) -> None:
    """Raise `InputError` unless a file that begins like this is one of ours, perhaps torn on its first line."""
    if not _BEGINNING.startswith(beginning):
        text = tr("{name} holds something else than results. Choose another file.", name=shown_name(out))
        raise InputError(text)


def _image_of(line: bytes) -> str | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    image = row.get("image") if isinstance(row, dict) else None
    return image if isinstance(image, str) else None


def append(out: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Append JSON lines and flush them to the disk; nothing of them stays when that fails. Raises `StorageError`."""
    rest = memoryview("".join(json.dumps(row) + "\n" for row in rows).encode())
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("ab", buffering=0) as file:
            end = file.tell()
            try:
                while rest:
                    rest = rest[file.write(rest) :]
                os.fsync(file.fileno())
            except OSError:
                file.truncate(end)
                raise
    except OSError as error:
        raise storage_error(out, error) from error


def _read(folder: Path, names: list[str], recogniser: Recogniser, engine: str) -> list[dict[str, Any]]:
    """Return the line of each picture, in order."""
    opened: dict[str, Image.Image] = {}
    errors: dict[str, str] = {}
    for name in names:
        try:
            opened[name] = reduce(open_picture(folder / name))
        except InputError as error:
            errors[name] = str(error)
    answers = dict(zip(opened, recogniser.recognise(list(opened.values())), strict=True)) if opened else {}
    errors |= {name: str(NoFormula()) for name, answer in answers.items() if not answer.latex}
    nothing = Answer("", 0.0, engine, 0.0)
    return [_row(name, answers.get(name, nothing), errors.get(name)) for name in names]


def _row(name: str, answer: Answer, error: str | None) -> dict[str, Any]:
    row = {
        "image": name,
        "latex": answer.latex,
        "confidence": round(answer.confidence, 4),
        "engine": answer.engine,
        "seconds": round(answer.seconds, 4),
    }
    return row if error is None else {**row, "error": error}
