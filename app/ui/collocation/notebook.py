"""What the user looked up, copied and pinned: entries of the history, read and written off the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.core.errors import PaperdeskError

if TYPE_CHECKING:
    from app.core.history import Entry, History
    from app.core.progress import Progress
    from app.ui.desk import Desk

TOOL: Final = "collocation"
MOST_PINS: Final = 20
RECENT: Final = 20
_LOOKED_AT: Final = 100
"""Entries among which the last different queries are looked for."""


class Notebook(QObject):
    """Keeps queries and phrases.

    An entry of the history has the text that "copy again" copies, and in its details the query it came from and the
    index that was asked; pinned phrases are pinned entries.
    """

    changed = Signal()
    """There are other pins or other recent queries."""
    failed = Signal(str)
    _told = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pinned: list[Entry] = []
        self.recent: list[str] = []
        """The last different queries, the newest first."""
        self._last = ""
        self._stop = desk.history.subscribe(self._told.emit)
        self._told.connect(self.load)
        self.destroyed.connect(self._stop)

    @property
    def pins(self) -> tuple[str, ...]:
        """The pinned phrases, the newest first."""
        return tuple(dict.fromkeys(entry.text for entry in self._pinned))

    def load(self) -> None:
        """Read pins and recent queries."""
        history = self._desk.history

        def work(_progress: Progress) -> tuple[list[Entry], list[Entry]]:
            pinned = [each for each in history.search(tool=TOOL, pinned=True, limit=MOST_PINS) if _is_phrase(each)]
            return pinned, history.search(tool=TOOL, limit=_LOOKED_AT)

        self._desk.tasks.run(work, self._show, self._fail, channel="collocation.notebook")

    def record_query(self, query: str, index: str) -> None:
        """Keep a query that was looked up, once as long as no other one follows."""
        if query == self._last:
            return
        self._last = query
        self._write(lambda history: history.add(TOOL, query, detail={"query": query, "index": index}))

    def record_copy(self, phrase: str, query: str, index: str) -> None:
        """Keep a phrase that was copied."""
        self._write(lambda history: history.add(TOOL, phrase, detail=_detail(query, index)))

    def toggle_pin(self, phrase: str, query: str, index: str) -> None:
        """Pin a phrase, or release it."""
        there = [entry.id for entry in self._pinned if entry.text == phrase]

        def change(history: History) -> None:
            if there:
                history.set_pinned(there, pinned=False)
            else:
                history.set_pinned([history.add(TOOL, phrase, detail=_detail(query, index)).id], pinned=True)

        self._write(change)

    def _write(self, change: _Change) -> None:
        history = self._desk.history

        def work(_progress: Progress) -> None:
            change(history)

        self._desk.tasks.run(work, lambda _done: None, self._fail)

    def _show(self, read: tuple[list[Entry], list[Entry]]) -> None:
        self._pinned, entries = read
        newest = sorted(entries, key=lambda entry: -entry.id)
        self.recent = list(dict.fromkeys(str(entry.detail.get("query") or entry.text) for entry in newest))[:RECENT]
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, PaperdeskError):
            self.failed.emit(str(error))
        else:
            self._desk.crashed.emit(error)


def _detail(query: str, index: str) -> dict[str, object]:
    return {"kind": "phrase", "query": query, "index": index}


def _is_phrase(entry: Entry) -> bool:
    """Tell phrases from queries that the user has pinned in the history."""
    return entry.detail.get("kind") == "phrase"


if TYPE_CHECKING:
    from collections.abc import Callable

    _Change = Callable[[History], object]
