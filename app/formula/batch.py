"""Reading a folder of pictures to a file of JSON lines that can be gone on with at any time."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from PIL import Image

from app.core.errors import InputError
from app.core.files import alone, shown_name, storage_error
from app.core.i18n import tr
from app.core.progress import Progress
from app.formula.engine import Answer, NoFormula
from app.formula.normalise import reduce
from app.formula.pdf import Document, Region, address
from app.formula.picture import open_picture, read_bytes

SUFFIXES: Final = frozenset(
    {".png", ".jpg", ".jpeg", ".jfif", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".heic", ".heif", ".avif", ".ppm"}
)
_BEGINNING: Final = b'{"image": '
"""How every file of results begins."""
_EXAMPLE: Final = '{"pdf": "paper.pdf", "page": 3, "box": [72, 100, 300, 140]}'
Row = dict[str, Any]


class Item(NamedTuple):
    """A picture on its way to the recogniser, possibly on another machine."""

    name: str
    data: bytes
    """Of the file, or of a PNG."""
    error: str = ""
    """Why there is none."""


class Reader(Protocol):
    """What reads pictures: `service.Recogniser`, or an engine."""

    def recognise(self, pictures: Sequence[Image.Image]) -> list[Answer]:
        """Return an answer to each picture."""


class Workers(Protocol):
    """Who reads: this process, or others."""

    def read(self, batches: Iterable[list[Item]]) -> Iterator[list[Row]]:
        """Yield the rows of each batch, in order; few batches are taken ahead."""


@dataclass(frozen=True)
class Here:
    """Reads in this process; see `Workers`."""

    reader: Reader
    engine: str

    def read(self, batches: Iterable[list[Item]]) -> Iterator[list[Row]]:
        """Yield the rows of each batch; see `Workers`."""
        return (read_batch(batch, self.reader, self.engine) for batch in batches)


@dataclass
class Summary:
    """What became of the pictures."""

    read: int = 0
    failed: int = 0
    before: int = 0

    def count(self, rows: Iterable[Row]) -> None:
        """Add what was just read."""
        for row in rows:
            self.failed += "error" in row
            self.read += "error" not in row


def read_all(
    folder: Path, names: Iterable[str], out: Path, workers: Workers, *, batch_size: int, progress: Progress
) -> Summary:  # fmt: skip
    """Append a line to `out` for each of the pictures without one.

    A line holds `image` (the name), `latex`, `confidence`, `engine` and `seconds`, and `error` when nothing could be
    read. Each batch is flushed to the disk before the next one is written; a line that was torn by a kill is removed.
    Two processes cannot write to one file.

    Args:
        folder: that the names are below.
        names: of picture files, and regions of PDF files (see `pdf.address`).
        out: the file of results.
        workers: who reads.
        batch_size: pictures that are read together.
        progress: is told how many are done.

    Raises `InputError` for a folder or a file that cannot be used, `StorageError`, `ModelError`, `Cancelled`.

    """
    wanted = sorted(set(names))
    with alone(out):
        there = finished(out)
        left = [name for name in wanted if name not in there]
        summary = Summary(before=len(wanted) - len(left))
        progress.report(0, len(left), f"0/{len(left)}")
        for rows in workers.read(_batches(folder, left, batch_size)):
            append(out, rows)
            summary.count(rows)
            done = summary.read + summary.failed
            progress.report(done, len(left), f"{done}/{len(left)}")
    return summary


def _batches(folder: Path, names: Sequence[str], size: int) -> Iterator[list[Item]]:
    for start in range(0, len(names), size):
        yield [taken(folder, name) for name in names[start : start + size]]


def taken(folder: Path, name: str) -> Item:
    """Return the picture of a name: the bytes of a file, or a region of a PDF as PNG."""
    try:
        region = address(name)
        data = _cut(folder / region[0], region[1]) if region else read_bytes(folder / name)
    except InputError as error:
        return Item(name, b"", str(error))
    return Item(name, data)


def _cut(file: Path, region: Region) -> bytes:
    buffer = io.BytesIO()
    with Document(file) as document:
        document.region(region).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def regions(file: Path) -> Iterator[str]:
    """Yield the names that a file of JSON lines asks for: {"pdf": "a.pdf", "page": 3, "box": [72, 100, 300, 140]}.

    Raises `InputError` with the number of a line that is none.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(tr("{name} cannot be read.", name=shown_name(file))) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            box = ",".join(str(float(side)) for side in row["box"])
            place = f"page={int(row['page'])}&box={box}"
            yield f"{row['pdf']}#{Region.parse(place)}"
        except (ValueError, KeyError, TypeError, InputError) as error:
            values = {"number": number, "name": shown_name(file), "example": _EXAMPLE}
            raise InputError(tr("Line {number} of {name} is no region. Write {example}.", **values)) from error


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


def read_batch(batch: Sequence[Item], reader: Reader, engine: str) -> list[Row]:
    """Return the row of each picture, in order; `engine` is named where there is no answer."""
    opened: dict[str, Image.Image] = {}
    errors = {item.name: item.error for item in batch if item.error}
    for item in batch:
        if item.error:
            continue
        try:
            opened[item.name] = reduce(open_picture(item.data, shown_name(Path(item.name))))
        except InputError as error:
            errors[item.name] = str(error)
    answers = dict(zip(opened, reader.recognise(list(opened.values())), strict=True)) if opened else {}
    errors |= {name: str(NoFormula()) for name, answer in answers.items() if not answer.latex}
    nothing = Answer("", 0.0, engine, 0.0)
    return [_row(item.name, answers.get(item.name, nothing), errors.get(item.name)) for item in batch]


def _row(name: str, answer: Answer, error: str | None) -> Row:
    row = {
        "image": name,
        "latex": answer.latex,
        "confidence": round(answer.confidence, 4),
        "engine": answer.engine,
        "seconds": round(answer.seconds, 4),
    }
    return row if error is None else {**row, "error": error}
