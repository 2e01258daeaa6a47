"""The list of the history: one row a result, as quick with a hundred thousand of them as with ten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTableView

from app.ui.history_listing import runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.history_delegate import HistoryDelegate
    from app.ui.history_listing import Run
    from app.ui.history_model import HistoryModel

_TO_END = {
    QAbstractItemView.CursorAction.MoveHome: False,
    QAbstractItemView.CursorAction.MoveEnd: True,
}


class HistoryList(QTableView):
    """A table of one column: unlike a list view it does not ask for every row when one comes or goes.

    Args:
        model: the rows.
        delegate: paints them, and says how high they are.

    """

    left = Signal()
    """Up was pressed on the first row."""

    def __init__(self, model: HistoryModel, delegate: HistoryDelegate) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(delegate.sizeHint(QStyleOptionViewItem(), QModelIndex()).height())
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def selected_runs(self) -> list[Run]:
        """Return the selected rows from top to bottom."""
        selection = self.selectionModel().selection()
        parts = sorted((part.top(), part.bottom()) for part in map(selection.at, range(selection.count())))
        merged: list[Run] = []
        for top, bottom in parts:
            if merged and merged[-1][1] == top - 1:
                merged[-1] = (merged[-1][0], bottom)
            else:
                merged.append((top, bottom))
        return merged

    def select_rows(self, rows: Sequence[int]) -> None:
        """Select ascending rows and make the first one the current."""
        if not rows:
            return
        chosen = QItemSelection()
        for first, last in runs(rows):
            chosen.select(self.model().index(first, 0), self.model().index(last, 0))
        choose = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self.model().index(rows[0], 0), choose.NoUpdate)
        self.selectionModel().select(chosen, choose.ClearAndSelect)
        self.scrollTo(self.model().index(rows[0], 0))

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the first and last row with Home and End, which in a table stay in their row."""
        if action in _TO_END:
            return self.model().index(self.model().rowCount() - 1 if _TO_END[action] else 0, 0)
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the list with Up on its first row."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Up and plain and self.currentIndex().row() <= 0:
            self.left.emit()
        else:
            super().keyPressEvent(event)
