"""Every result the user got, in SQLite: written before it is shown as saved."""

# ruff: noqa: S608 - only our own column names and conditions are put into statements; values are bound

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

from app.core.errors import StorageError
from app.core.files import set_aside
from app.core.i18n import tr

SCHEMA: Final = 1
BUSY_SECONDS: Final = 5.0

_TABLES: Final = """
CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tool TEXT NOT NULL,
    created REAL NOT NULL,
    text TEXT NOT NULL,
    detail TEXT NOT NULL,
    pinned INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE thumbnail (id INTEGER PRIMARY KEY REFERENCES entry(id) ON DELETE CASCADE, png BLOB NOT NULL);
CREATE INDEX entry_order ON entry (deleted, pinned DESC, id DESC);
CREATE INDEX entry_tool ON entry (deleted, tool, pinned DESC, id DESC);
"""
_WILDCARD: Final = re.compile(r"[%_\\]")
_COLUMNS: Final = "id, tool, created, text, detail, pinned"


@dataclass(frozen=True)
class Entry:
    """One result of one tool."""

    id: int
    tool: str
    created: datetime
    """Aware, UTC."""
    text: str
    """What "copy again" copies."""
    detail: dict[str, Any]
    thumbnail: bytes | None
    """PNG, at most 256 pixels on its long side; None when there is none or it was not asked for."""
    pinned: bool


class History:
    """The history in the file `path`. May be used from any thread, and by several processes at once.

    Commits are flushed to the disk (synchronous=FULL): a result is there after a power cut once it was shown as
    saved, and a few milliseconds for each result are not noticed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notice: str | None = None
        """What happened to a damaged history, for the user; None when all went well."""
        self._lock = threading.RLock()
        self._subscribers: list[Callable[[], None]] = []
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and _is_about_the_disk(error):
                raise _readable(error) from error
            kept = self._set_aside()
            self.notice = tr("The history was damaged and starts anew. The old file is kept as {path}.", path=kept)
            self._connection = self._open()

    def add(
        self, tool: str, text: str, *, detail: dict[str, Any] | None = None, thumbnail: bytes | None = None
    ) -> Entry:
        """Save a result and return it. Raises `StorageError`."""
        created = datetime.now(tz=timezone.utc)
        details = json.dumps(detail or {}, ensure_ascii=False)
        with self._writing() as connection:
            cursor = connection.execute(
                "INSERT INTO entry (tool, created, text, detail) VALUES (?, ?, ?, ?)",
                (tool, created.timestamp(), text, details),
            )
            number = cursor.lastrowid or 0
            if thumbnail:
                connection.execute("INSERT INTO thumbnail (id, png) VALUES (?, ?)", (number, thumbnail))
        self._tell()
        return Entry(number, tool, created, text, detail or {}, thumbnail, pinned=False)

    def update(self, number: int, *, text: str | None = None, detail: dict[str, Any] | None = None) -> None:
        """Change the text or the details of a result. Raises `StorageError`."""
        with self._writing() as connection:
            if text is not None:
                connection.execute("UPDATE entry SET text = ? WHERE id = ?", (text, number))
            if detail is not None:
                details = json.dumps(detail, ensure_ascii=False)
                connection.execute("UPDATE entry SET detail = ? WHERE id = ?", (details, number))
        self._tell()

    def get(self, number: int) -> Entry | None:
        """Return the result with this id and its thumbnail, or None when it is gone."""
        rows = self._read(f"SELECT {_COLUMNS} FROM entry WHERE id = ? AND NOT deleted", (number,))
        return _entry(rows[0], self.thumbnail(number)) if rows else None

    def thumbnail(self, number: int) -> bytes | None:
        """Return the PNG of the result with this id."""
        rows = self._read("SELECT png FROM thumbnail WHERE id = ?", (number,))
        return bytes(rows[0][0]) if rows else None

    def search(
        self, query: str = "", *, tool: str | None = None, pinned: bool = False, limit: int = 200, offset: int = 0
    ) -> list[Entry]:
        """Return the results that hold every word of `query`, pinned ones first, then the newest; no thumbnails."""
        where, values = _condition(query, tool, pinned=pinned)
        sql = f"SELECT {_COLUMNS} FROM entry WHERE {where} ORDER BY pinned DESC, id DESC LIMIT ? OFFSET ?"
        return [_entry(row, None) for row in self._read(sql, (*values, limit, offset))]

    def count(self, query: str = "", *, tool: str | None = None, pinned: bool = False) -> int:
        """Return how many results `search` would find without a limit."""
        where, values = _condition(query, tool, pinned=pinned)
        return int(self._read(f"SELECT count(*) FROM entry WHERE {where}", values)[0][0])

    def set_pinned(self, numbers: Iterable[int], pinned: bool) -> None:
        """Pin results, so that they stay on top and are never purged, or release them."""
        self._mark("pinned", numbers, pinned)

    def delete(self, numbers: Iterable[int]) -> None:
        """Hide results; `restore` brings them back until the next `purge`."""
        self._mark("deleted", numbers, value=True)

    def restore(self, numbers: Iterable[int]) -> None:
        """Bring deleted results back."""
        self._mark("deleted", numbers, value=False)

    def ids(self, query: str = "", *, tool: str | None = None, pinned: bool | None = None) -> list[int]:
        """Return the ids of all results found; `pinned` False: only those that are not pinned."""
        where, values = _condition(query, tool, pinned=bool(pinned))
        where += " AND pinned = 0" if pinned is False else ""
        return [int(row[0]) for row in self._read(f"SELECT id FROM entry WHERE {where}", values)]

    def purge(self, retention_days: int) -> int:
        """Remove for good what was deleted and, unless `retention_days` is 0, what is older and not pinned."""
        oldest = datetime.now(tz=timezone.utc) - timedelta(days=retention_days)
        where, values = "deleted", list[float]()
        if retention_days:
            where, values = "deleted OR (NOT pinned AND created < ?)", [oldest.timestamp()]
        with self._writing() as connection:
            connection.execute(f"DELETE FROM thumbnail WHERE id IN (SELECT id FROM entry WHERE {where})", values)
            removed = connection.execute(f"DELETE FROM entry WHERE {where}", values).rowcount
        if removed:
            self._tell()
        return removed

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` after each change, in the thread that made it; return how to stop."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback) if callback in self._subscribers else None

    def close(self) -> None:
        """Close the file; the object must not be used any more."""
        with self._lock:
            self._connection.close()

    def _tell(self) -> None:
        for callback in tuple(self._subscribers):
            callback()

    def _mark(self, column: str, numbers: Iterable[int], value: bool) -> None:
        rows = [(int(value), number) for number in numbers]
        with self._writing() as connection:
            connection.executemany(f"UPDATE entry SET {column} = ? WHERE id = ?", rows)
        self._tell()

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(tr("The history cannot be opened: {reason}.", reason=error.strerror or error)) from error
        if self.path.is_dir():
            raise sqlite3.DatabaseError("a folder has the place of the history")
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    @staticmethod
    def _prepare(connection: sqlite3.Connection) -> None:
        """Set the file up, or check that it is ours and whole enough to be read."""
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > SCHEMA:
            raise sqlite3.DatabaseError("the history is of a later version")
        if version == 0:
            connection.execute("BEGIN IMMEDIATE")
            if int(connection.execute("PRAGMA user_version").fetchone()[0]) == 0:
                for statement in _TABLES.strip().split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {SCHEMA}")
            connection.execute("COMMIT")
        fault = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if fault != "ok":
            raise sqlite3.DatabaseError(fault)
        connection.execute(f"SELECT {_COLUMNS} FROM entry ORDER BY id DESC LIMIT 1").fetchone()

    def _set_aside(self) -> Path:
        kept = set_aside(self.path)
        for suffix in ("-wal", "-shm"):
            side = self.path.with_name(self.path.name + suffix)
            if side.exists():
                side.rename(kept.with_name(kept.name + suffix))
        return kept

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction. Raises `StorageError`, with nothing written, when it fails."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                    self._connection.execute("COMMIT")
                except BaseException:
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                raise _readable(error) from error

    def _read(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock:
            try:
                return self._connection.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise _readable(error) from error


def _condition(query: str, tool: str | None, *, pinned: bool) -> tuple[str, list[Any]]:
    parts: list[str] = ["deleted = 0"]
    values: list[Any] = []
    if tool:
        parts.append("tool = ?")
        values.append(tool)
    if pinned:
        parts.append("pinned = 1")
    for word in query.split():
        parts.append(r"text LIKE ? ESCAPE '\'")
        values.append("%" + _WILDCARD.sub(r"\\\g<0>", word) + "%")
    return " AND ".join(parts), values


def _entry(row: Sequence[Any], thumbnail: bytes | None) -> Entry:
    number, tool, created, text, detail, pinned = row
    moment = datetime.fromtimestamp(created, tz=timezone.utc)
    return Entry(number, tool, moment, text, json.loads(detail), thumbnail, bool(pinned))


def _is_about_the_disk(error: sqlite3.Error) -> bool:
    return any(word in str(error) for word in ("locked", "full", "unable to open", "readonly", "disk I/O"))


def _readable(error: sqlite3.Error) -> StorageError:
    """Return the error to show for one of SQLite's."""
    if "full" in str(error):
        return StorageError(tr("The result was not saved: the disk is full. Make room and try again."))
    if "locked" in str(error):
        return StorageError(tr("The history is in use by another program. Try again in a moment."))
    return StorageError(tr("The history cannot be used: {reason}.", reason=error))
