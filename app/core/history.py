"""Every result the user got, in SQLite: written before it is shown as saved."""

# ruff: noqa: S608 - only our own column names and conditions are put into statements; values are bound

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
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
_PORTION: Final = 2000
"""Ids passed at once: writing them as text holds up the other threads of the interpreter."""
_WILDCARD: Final = re.compile(r"[%_\\]")
_DAMAGES: Final = ("malformed", "not a database")
"""Words in SQLite's messages about a damaged file."""
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

    One connection writes and another reads, so that a long search does not hold up a result that is to be saved.
    Commits are flushed to the disk (synchronous=FULL): a result is there after a power cut once it was shown as
    saved, and a few milliseconds for each result are not noticed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notice: str | None = None
        """What happened to a damaged history, for the user; None when all went well. It may come later: see `check`."""
        self._lock = threading.RLock()
        self._reading = threading.RLock()
        self._subscribers: list[Callable[[], None]] = []
        try:
            self._connection, self._reader = self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and _is_about_the_disk(error):
                raise _readable(error) from error
            self._start_anew()

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
        where, values = _condition(query, tool, pinned or None)
        sql = f"SELECT {_COLUMNS} FROM entry WHERE {where} ORDER BY pinned DESC, id DESC LIMIT ? OFFSET ?"
        return [_entry(row, None) for row in self._read(sql, (*values, limit, offset))]

    def count(self, query: str = "", *, tool: str | None = None, pinned: bool = False) -> int:
        """Return how many results `search` would find without a limit."""
        where, values = _condition(query, tool, pinned or None)
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
        """Return the ids of all results found, newest first; `pinned` None: whether pinned or not."""
        where, values = _condition(query, tool, pinned)
        # As one text: rows fetched one by one would hold up the other threads of the interpreter.
        rows = self._read(f"SELECT json_group_array(id) FROM entry WHERE {where}", values)
        return sorted(json.loads(rows[0][0]), reverse=True)

    def entries(self, numbers: Iterable[int]) -> dict[int, Entry]:
        """Return those of these results that are there by their ids; no thumbnails."""
        sql = f"SELECT {_COLUMNS} FROM entry WHERE id IN (SELECT value FROM json_each(?)) AND NOT deleted"
        return {int(row[0]): _entry(row, None) for row in self._read(sql, (json.dumps(list(numbers)),))}

    def check(self) -> None:
        """Read every page of the file, which takes a while when it is large.

        Raises `StorageError` when the file was damaged; it has then been set aside and a fresh one started.
        """
        reader = self._reader
        try:
            with closing(_connect(self.path)) as connection:
                fault = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
            if fault != "ok":
                raise sqlite3.DatabaseError(f"{_DAMAGES[0]}: {fault}")
        except sqlite3.Error as error:
            raise self._failure(error, reader) from error

    def purge(self, retention_days: int) -> int:
        """Remove for good what was deleted and, unless `retention_days` is 0, what is older and not pinned.

        The file is checked before: it is touched at its oldest places only now. Raises `StorageError`.
        """
        self.check()
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
        with self._lock, self._reading:
            self._reader.close()
            self._connection.close()

    def _tell(self) -> None:
        for callback in tuple(self._subscribers):
            callback()

    def _mark(self, column: str, numbers: Iterable[int], value: bool) -> None:
        sql = f"UPDATE entry SET {column} = ? WHERE id IN (SELECT value FROM json_each(?))"
        ids = list(numbers)
        with self._writing() as connection:
            for start in range(0, len(ids), _PORTION):
                connection.execute(sql, (int(value), json.dumps(ids[start : start + _PORTION])))
        self._tell()

    def _open(self) -> tuple[sqlite3.Connection, sqlite3.Connection]:
        """Return a connection to write and one to read."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(tr("The history cannot be opened: {reason}.", reason=error.strerror or error)) from error
        if self.path.is_dir():
            raise sqlite3.DatabaseError("a folder has the place of the history")
        writer = _connect(self.path)
        try:
            self._prepare(writer)
            reader = _connect(self.path)
            reader.execute("PRAGMA query_only = ON")
        except BaseException:
            writer.close()
            raise
        return writer, reader

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Set the file up, or see that it is ours and, as far as a glance tells, whole; `check` looks closer."""
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
        if self._is_cut_off(connection):
            raise sqlite3.DatabaseError("the history is cut off")
        connection.execute(f"SELECT {_COLUMNS} FROM entry ORDER BY id DESC LIMIT 1").fetchone()

    def _is_cut_off(self, connection: sqlite3.Connection) -> bool:
        """Return whether the file is shorter than it says; nobody knows while its end is still in the log beside it."""
        pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
        size = int(connection.execute("PRAGMA page_size").fetchone()[0])
        log = self.path.with_name(f"{self.path.name}-wal")
        if log.exists() and log.stat().st_size:
            return False
        return self.path.stat().st_size < pages * size

    def _start_anew(self) -> None:
        """Set the damaged file aside with what belongs to it, and start a fresh one."""
        kept = set_aside(self.path)
        for suffix in ("-wal", "-shm"):
            side = self.path.with_name(self.path.name + suffix)
            if side.exists():
                side.rename(kept.with_name(kept.name + suffix))
        self.notice = tr("The history was damaged and starts anew. The old file is kept as {path}.", path=kept)
        self._connection, self._reader = self._open()

    def _failure(self, error: sqlite3.Error, connection: sqlite3.Connection) -> StorageError:
        """Return the error to show for one of SQLite's; a history found damaged through `connection` starts anew."""
        if not any(word in str(error) for word in _DAMAGES):
            return _readable(error)
        with self._lock, self._reading:
            if connection in {self._connection, self._reader}:
                for each in (self._reader, self._connection):
                    with suppress(sqlite3.Error):
                        each.close()
                self._start_anew()
        self._tell()
        return StorageError(self.notice or "")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction. Raises `StorageError`, with nothing written, when it fails."""
        with self._lock:
            connection = self._connection
            try:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                raise self._failure(error, connection) from error

    def _read(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        reader = self._reader
        try:
            with self._reading:
                reader = self._reader
                return reader.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._failure(error, reader) from error


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None)


def _condition(query: str, tool: str | None, pinned: bool | None) -> tuple[str, list[Any]]:
    parts: list[str] = ["deleted = 0"]
    values: list[Any] = []
    if tool:
        parts.append("tool = ?")
        values.append(tool)
    if pinned is not None:
        parts.append("pinned = ?")
        values.append(int(pinned))
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
