"""The rows of the history: all are known by their ids, what they show is read when it is seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from app.core.errors import PaperdeskError
from app.core.i18n import tr
from app.ui.history_listing import Change, Filter, Listing, change, listing
from app.ui.history_shelf import Shelf
from app.ui.history_thumbnails import thumbnails
from app.ui.history_time import when

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.history import Entry
    from app.core.progress import Progress
    from app.ui.desk import Desk

BLOCK: Final = 50
"""Rows read together, and how many are read before a new list is shown."""
KEPT: Final = 500
MOST_RUNS: Final = 64
"""A change in more places than this is shown as a new list: each place costs the view a look at all rows."""
SETTLE_MS: Final = 50
CLOCK_MS: Final = 30_000


class Role(IntEnum):
    """What a row knows besides its text (`DisplayRole`); None while it is being read."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    THUMBNAIL = Qt.ItemDataRole.UserRole + 2
    WHEN = Qt.ItemDataRole.UserRole + 3
    TOOL = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True)
class _Reading:
    """What was read; `change` None: a new list."""

    version: int
    listing: Listing
    change: Change | None
    entries: dict[int, Entry]


class HistoryModel(QAbstractListModel):
    """Lists the entries that pass a filter, pinned first, newest first.

    Args:
        desk: gives the history and the task runner.
        titles: title of each tool by its key, untranslated.
        now: the clock.
        parent: the owner.

    """

    updated = Signal()
    """The list is what the filter finds now."""
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
        self._desk, self._titles, self._now = desk, titles, now
        self._listing, self._filter = Listing(), Filter()
        self._version = 0
        self._is_new = True
        self._is_active = False
        self._entries: Shelf[Entry, Entry] = Shelf(desk, desk.history.entries, lambda entry: entry, KEPT, BLOCK, self)
        self._thumbnails = thumbnails(desk, self)
        self._readers: dict[int, Callable[[Entry], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda entry: entry.text,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Role.ENTRY: lambda entry: entry,
            Role.THUMBNAIL: self._thumbnail,
            Role.WHEN: lambda entry: when(entry.created, self._now()),
            Role.TOOL: self._tool,
        }
        self._entries.ready.connect(lambda ids: self._show(ids, []))
        self._thumbnails.ready.connect(lambda ids: self._show(ids, [Role.THUMBNAIL]))
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        self._clock = QTimer(self, interval=CLOCK_MS)
        self._clock.timeout.connect(self.tick)
        self._changed.connect(self._on_change, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(desk.history.subscribe(self._changed.emit))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """Return how many entries pass the filter."""
        return 0 if parent.isValid() else len(self._listing.ids)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row shows."""
        read = self._readers.get(role)
        if read is None or not index.isValid():
            return None
        entry = self.entry(index.row())
        return None if entry is None else read(entry)

    def entry(self, row: int) -> Entry | None:
        """Return the entry of a row; None while it is being read."""
        ids = self._listing.ids
        if not 0 <= row < len(ids):
            return None
        entry = self._entries.get(ids[row])
        if entry is None:
            start = row - row % BLOCK
            self._entries.ask((*ids[start : start + BLOCK], ids[row]))
        return entry

    def listing(self) -> Listing:
        """Return the ids of all rows."""
        return self._listing

    def filter(self) -> Filter:
        """Return which entries are listed."""
        return self._filter

    def set_filter(self, wanted: Filter) -> None:
        """List the entries that pass `wanted`; the rows shown stay until the new ones are there."""
        self._filter = wanted
        self._is_new = True
        self.refresh()

    def set_active(self, active: bool) -> None:
        """Follow the history while somebody looks."""
        self._is_active = active
        if active:
            self._clock.start()
            self.refresh()
        else:
            self._clock.stop()

    def refresh(self) -> None:
        """Bring the rows in step with the database without losing selection or place."""
        history, wanted, old, version = self._desk.history, self._filter, self._listing, self._version
        is_new, known = self._is_new, self._entries.known()

        def work(_progress: Progress) -> _Reading:
            new = listing(history, wanted)
            entries = history.entries({*known, *new.ids[:BLOCK]})
            return _Reading(version, new, None if is_new else change(old, new), entries)

        self._desk.tasks.run(work, self._receive, self._fail, channel=f"history.{id(self)}")

    def tick(self) -> None:
        """Show the time that has passed, and what another program did to the history."""
        self.show_again([Role.WHEN])
        self.refresh()

    def show_again(self, roles: list[int] | None = None) -> None:
        """Draw all rows anew."""
        if self._listing.ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._listing.ids) - 1), roles or [])

    def _on_change(self) -> None:
        if self._is_active:
            self._settle.start()

    def _receive(self, reading: _Reading) -> None:
        if reading.version != self._version:
            self.refresh()
            return
        is_news = self._entries.put(reading.entries)
        self._version += 1
        change = reading.change
        if change is None or len(change.removed) + len(change.inserted) > MOST_RUNS:
            self.beginResetModel()
            self._listing = reading.listing
            self.endResetModel()
        else:
            self._apply(change, reading.listing)
            if is_news:
                self.show_again()
        self._is_new = False
        self.updated.emit()

    def _apply(self, change: Change, new: Listing) -> None:
        """Go from the old list to the new one in steps that leave selection and place alone."""
        ids = list(self._listing.ids)
        for first, last in reversed(change.removed):
            self.beginRemoveRows(QModelIndex(), first, last)
            del ids[first : last + 1]
            self._listing = Listing(ids, new.pinned)
            self.endRemoveRows()
        for first, last in change.inserted:
            self.beginInsertRows(QModelIndex(), first, last)
            ids[first:first] = new.ids[first : last + 1]
            self._listing = Listing(ids, new.pinned)
            self.endInsertRows()
        self._listing = new

    def _fail(self, error: Exception) -> None:
        if isinstance(error, PaperdeskError):
            self.failed.emit(str(error))
        else:
            self._desk.crashed.emit(error)

    def _show(self, entry_ids: list[int], roles: list[int]) -> None:
        for row in map(self._listing.row_of, entry_ids):
            if row is not None:
                self.dataChanged.emit(self.index(row), self.index(row), roles)

    def _thumbnail(self, entry: Entry) -> Any:
        picture = self._thumbnails.get(entry.id)
        if picture is None:
            self._thumbnails.ask([entry.id])
        return picture

    def _tool(self, entry: Entry) -> str:
        return tr(self._titles.get(entry.tool, entry.tool))

    def _spoken(self, entry: Entry) -> str:
        parts = [entry.text, self._tool(entry), when(entry.created, self._now())]
        return ", ".join([*parts, tr("pinned")] if entry.pinned else parts)
