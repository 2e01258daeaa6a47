"""The names that the user keeps: pinned entries of the history, side by side in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from app.acronym.alphabet import fold
from app.acronym.gloss import gloss
from app.acronym.ranking import KIND_TITLES, Kind
from app.acronym.taken import taken_by
from app.core.errors import PaperdeskError
from app.core.i18n import tr

if TYPE_CHECKING:
    from app.core.history import Entry, History
    from app.core.progress import Progress
    from app.ui.desk import Desk

TOOL: Final = "acronym"
MOST: Final = 500


class Favourites(QObject):
    """Keeps names in the history, off the window's thread."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.entries: list[Entry] = []
        """The pinned results of the tool, newest first."""
        self._stop = desk.history.subscribe(self._told.emit)
        self._told.connect(self.load)
        self.destroyed.connect(self._stop)

    _told = Signal()

    def load(self) -> None:
        """Read the favourites."""
        history = self._desk.history

        def work(_progress: Progress) -> list[Entry]:
            return history.search(tool=TOOL, pinned=True, limit=MOST)

        self._desk.tasks.run(work, self._show, self._fail, channel="acronym.favourites")

    def texts(self, title: str) -> frozenset[str]:
        """Return the names (folded) that were kept for a title."""
        return frozenset(fold(_name(entry)) for entry in self.entries if entry.detail.get("title") == title)

    def toggle(self, name: str, title: str, detail: dict[str, object]) -> None:
        """Keep a name for a title, or let it go."""
        history = self._desk.history
        there = [
            entry.id
            for entry in self.entries
            if fold(_name(entry)) == fold(name) and entry.detail.get("title") == title
        ]

        def work(_progress: Progress) -> None:
            if there:
                history.set_pinned(there, pinned=False)
            else:
                _keep(history, name, title, detail)

        self._desk.tasks.run(work, lambda _done: None, self._fail)

    def record(self, name: str, title: str, text: str, detail: dict[str, object]) -> None:
        """Keep what was copied in the history."""
        history = self._desk.history

        def work(_progress: Progress) -> None:
            history.add(TOOL, text, detail={**detail, "name": name, "title": title})

        self._desk.tasks.run(work, lambda _done: None, self._fail)

    def _show(self, entries: list[Entry]) -> None:
        self.entries = entries
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, PaperdeskError):
            self.failed.emit(str(error))
        else:
            self._desk.crashed.emit(error)


def _keep(history: History, name: str, title: str, detail: dict[str, object]) -> None:
    entry = history.add(TOOL, f"{name}: {title}", detail={**detail, "name": name, "title": title})
    history.set_pinned([entry.id], pinned=True)


def _name(entry: Entry) -> str:
    return str(entry.detail.get("name", ""))


class FavouritesTable(QTableWidget):
    """Names side by side: how long, of which kind, with which score, what they mean, who has them."""

    opened = Signal(object)
    """The user wants to go on with this `Entry`."""

    def __init__(self, favourites: Favourites) -> None:
        super().__init__(0, 7)
        self._favourites = favourites
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(6, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        favourites.changed.connect(self.show_entries)
        self.itemActivated.connect(lambda item: self.opened.emit(self._favourites.entries[item.row()]))
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.setHorizontalHeaderLabels(
            [tr("Name"), tr("Kind"), tr("Letters"), tr("Score"), tr("Taken"), tr("Meaning"), tr("Title")]
        )
        self.setAccessibleName(tr("Favourite names"))
        self.show_entries()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Say how names come here while there are none."""
        super().paintEvent(event)
        if not self.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            text = tr("Names that you keep with Ctrl+D stand here side by side")
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, text)

    def show_entries(self) -> None:
        """Fill the table anew."""
        entries = self._favourites.entries
        self.setRowCount(len(entries))
        for row, entry in enumerate(entries):
            for column, text in enumerate(_cells(entry)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(row, column, item)


def _cells(entry: Entry) -> list[str]:
    name = _name(entry)
    folded = fold(name)
    kind = entry.detail.get("kind", "")
    titles = {each.value: text for each, text in KIND_TITLES.items()}
    score = entry.detail.get("score")
    meaning = gloss(folded) if kind == Kind.WORD.value else ""
    return [
        name,
        tr(titles[kind]) if kind in titles else "",
        str(len(folded)),
        f"{score:.1f}" if isinstance(score, int | float) else "",
        ", ".join(each.name for each in taken_by(folded)) or tr("no"),
        meaning if len(meaning) <= MEANING else f"{meaning[:MEANING]}…",
        str(entry.detail.get("title", "")),
    ]


MEANING: Final = 40
"""Characters of a meaning that fit its column."""
