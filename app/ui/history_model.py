"""The rows of the history: read page by page in the background, kept in step with the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from app.core.i18n import tr
from app.ui.history_thumbnails import Thumbnails
from app.ui.history_time import when

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from app.core.history import Entry
    from app.core.progress import Progress
    from app.ui.desk import Desk

PAGE: Final = 200
FOLLOWED: Final = 5000
"""Rows compared with the database after a change; rows below are old and change only by what the user does to them."""
SETTLE_MS: Final = 50
CLOCK_MS: Final = 30_000


class Role(IntEnum):
    """What a row knows besides its text (`DisplayRole`)."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    THUMBNAIL = Qt.ItemDataRole.UserRole + 2
    WHEN = Qt.ItemDataRole.UserRole + 3
    TOOL = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True)
class Filter:
    """Which entries are listed: `tool` None stands for all tools."""

    query: str = ""
    tool: str | None = None
    pinned: bool = False


@dataclass(frozen=True)
class _Page:
    """What a search gave, and what to do with it."""

    entries: list[Entry]
    total: int
    limit: int
    use: Callable[[list[Entry], int], None]


class HistoryModel(QAbstractListModel):
    """Lists the entries that pass a filter, pinned first, newest first.

    Args:
        desk: gives the history and the task runner.
        titles: title of each tool by its key, untranslated.
        now: the clock.
        parent: the owner.

    """

    counted = Signal(int)
    """How many entries pass the filter, loaded or not."""
    failed = Signal(str)
    _changed = Signal()

    def __init__(
        self,
        desk: Desk,
        titles: dict[str, str],
        now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._titles = titles
        self._now = now
        self._entries: list[Entry] = []
        self._filter = Filter()
        self._complete = False
        self._loading = False
        self._thumbnails = Thumbnails(desk, self)
        self._readers: dict[int, Callable[[Entry], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda entry: entry.text,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Role.ENTRY: lambda entry: entry,
            Role.THUMBNAIL: lambda entry: self._thumbnails.get(entry.id),
            Role.WHEN: lambda entry: when(entry.created, self._now()),
            Role.TOOL: self._tool,
        }
        self._thumbnails.ready.connect(self._show_thumbnails)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self._clock = QTimer(self, interval=CLOCK_MS)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self._changed.connect(self._settle.start, Qt.ConnectionType.QueuedConnection)
        unsubscribe = desk.history.subscribe(lambda *_change: self._changed.emit())
        self.destroyed.connect(unsubscribe)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """Return the number of rows loaded so far."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        read = self._readers.get(role)
        return None if read is None else read(self._entries[index.row()])

    def canFetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> bool:  # noqa: N802 - Qt's name
        """Return whether rows are left to read and none are being read."""
        return not parent.isValid() and not self._complete and not self._loading

    def fetchMore(self, parent: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 - Qt's name
        """Read the next page in the background."""
        if self.canFetchMore(parent):
            self._read(len(self._entries), PAGE, self._append)

    def entries(self) -> Sequence[Entry]:
        """Return the rows loaded so far."""
        return self._entries

    def filter(self) -> Filter:
        """Return which entries are listed."""
        return self._filter

    def set_filter(self, wanted: Filter) -> None:
        """List the entries that pass `wanted`; the rows shown stay until the new ones are there."""
        self._filter = wanted
        self._read(0, PAGE, self._replace)

    def refresh(self) -> None:
        """Bring the rows in step with the database without losing selection or place."""
        self._read(0, min(max(len(self._entries), PAGE), FOLLOWED), self._merge)

    def tick(self) -> None:
        """Show the time that has passed."""
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1), [Role.WHEN])

    def drop(self, entry_ids: Iterable[int]) -> None:
        """Take rows away that were deleted."""
        gone = set(entry_ids)
        self._remove_where(lambda entry: entry.id in gone)

    def rows_of(self, entry_ids: Iterable[int]) -> list[int]:
        """Return the rows of these entries as far as they are loaded."""
        wanted = set(entry_ids)
        return [row for row, entry in enumerate(self._entries) if entry.id in wanted]

    def _read(self, offset: int, limit: int, use: Callable[[list[Entry], int], None]) -> None:
        """Search in the background; a newer call drops an older one's answer."""
        history, wanted = self._desk.history, self._filter
        self._loading = True

        def work(_progress: Progress) -> _Page:
            query, tool, pinned = wanted.query, wanted.tool, wanted.pinned
            entries = history.search(query, tool=tool, pinned=pinned, limit=limit, offset=offset)
            return _Page(entries, history.count(query, tool=tool, pinned=pinned), limit, use)

        self._desk.tasks.run(work, self._receive, self._fail, channel=f"history.{id(self)}")

    def _receive(self, page: _Page) -> None:
        self._loading = False
        page.use(page.entries, page.limit)
        self.counted.emit(page.total)

    def _fail(self, error: Exception) -> None:
        self._loading = False
        self._complete = True
        self.failed.emit(str(error))

    def _append(self, page: list[Entry], limit: int) -> None:
        known = {entry.id for entry in self._entries}
        fresh = [entry for entry in page if entry.id not in known]
        self._complete = len(page) < limit
        self._insert(len(self._entries), fresh)

    def _replace(self, page: list[Entry], limit: int) -> None:
        self.beginResetModel()
        self._entries = list(page)
        self._complete = len(page) < limit
        self.endResetModel()

    def _merge(self, page: list[Entry], limit: int) -> None:
        """Turn the rows into `page` by the fewest removals and insertions: the order depends on the key alone."""
        keys = {_key(entry) for entry in page}
        self._remove_where(lambda entry: _key(entry) not in keys, self._compared(page, limit))
        row = 0
        while row < len(page):
            here = _key(self._entries[row]) if row < len(self._entries) else None
            past = row
            while past < len(page) and _key(page[past]) != here:
                past += 1
            self._insert(row, page[row:past])
            if past < len(page):
                self._update(past, page[past])
            row = past + 1
        if len(page) < limit:
            self._complete = True

    def _compared(self, page: list[Entry], limit: int) -> int:
        """Return how many of the rows `page` speaks for: those that would stand before its end."""
        if len(page) < limit:
            return len(self._entries)
        last = _key(page[-1])
        return next((row for row, entry in enumerate(self._entries) if _key(entry) < last), len(self._entries))

    def _update(self, row: int, entry: Entry) -> None:
        if self._entries[row] != entry:
            self._thumbnails.forget([entry.id])
            self._entries[row] = entry
            self.dataChanged.emit(self.index(row), self.index(row))

    def _insert(self, row: int, entries: list[Entry]) -> None:
        if entries:
            self.beginInsertRows(QModelIndex(), row, row + len(entries) - 1)
            self._entries[row:row] = entries
            self.endInsertRows()

    def _remove_where(self, gone: Callable[[Entry], bool], compared: int | None = None) -> None:
        """Remove matching rows among the first `compared`, in runs from the end so that row numbers stay right."""
        row = (len(self._entries) if compared is None else compared) - 1
        while row >= 0:
            last = row
            while row >= 0 and gone(self._entries[row]):
                row -= 1
            if row < last:
                self.beginRemoveRows(QModelIndex(), row + 1, last)
                del self._entries[row + 1 : last + 1]
                self.endRemoveRows()
            row -= 1

    def _show_thumbnails(self, entry_ids: list[int]) -> None:
        for row in self.rows_of(entry_ids):
            self.dataChanged.emit(self.index(row), self.index(row), [Role.THUMBNAIL])

    def _tool(self, entry: Entry) -> str:
        return tr(self._titles.get(entry.tool, entry.tool))

    def _spoken(self, entry: Entry) -> str:
        parts = [entry.text, self._tool(entry), when(entry.created, self._now())]
        return ", ".join([*parts, tr("pinned")] if entry.pinned else parts)


def _key(entry: Entry) -> tuple[bool, int]:
    """Return what the order depends on; larger comes first."""
    return entry.pinned, entry.id
