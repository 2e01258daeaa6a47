"""A list of rows that are Python objects, drawn by a delegate; the box above moves through it, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QStyledItemDelegate

OBJECT_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
Row = TypeVar("Row")
_Index = QModelIndex | QPersistentModelIndex


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject, say: Callable[[Any], str]) -> None:
        super().__init__(parent)
        self._say = say
        self.rows: Sequence[Any] = ()

    def show(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == OBJECT_ROLE:
            return row
        return self._say(row) if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None


class RowList(QListView, Generic[Row]):
    """Shows rows of one height, one of which is chosen.

    Args:
        delegate: draws a row, the object at `OBJECT_ROLE`.
        say: a row in words, for screen readers and as a tool tip.

    """

    chosen_changed = Signal()
    """Another row is chosen, or none."""
    entered = Signal()
    """The chosen row is to be used: Return, or a double click."""

    def __init__(self, delegate: QStyledItemDelegate, say: Callable[[Row], str]) -> None:
        super().__init__()
        self._model = _Rows(self, say)
        self._fits_rows = False
        delegate.setParent(self)
        self.setModel(self._model)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(lambda _new, _old: self.chosen_changed.emit())
        self.doubleClicked.connect(lambda _index: self.entered.emit())

    @property
    def rows(self) -> Sequence[Row]:
        """All rows."""
        return self._model.rows

    @property
    def chosen(self) -> Row | None:
        """The chosen row, None for none."""
        row = self.currentIndex().row()
        return self._model.rows[row] if 0 <= row < len(self._model.rows) else None

    def show_rows(self, rows: Sequence[Row], chosen: int = 0) -> None:
        """Show other rows and choose one of them."""
        self._model.show(rows)
        self.updateGeometry()
        if rows:
            self.choose(chosen)
        else:
            self.chosen_changed.emit()

    def fit_rows(self) -> None:
        """Be no higher than the rows, from now on."""
        self._fits_rows = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the rows if that is wanted."""
        hint = super().sizeHint()
        return hint if not self._fits_rows else QSize(hint.width(), self._height_of(len(self.rows)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for one row."""
        return QSize(super().minimumSizeHint().width(), self._height_of(1))

    def choose(self, row: int) -> None:
        """Choose a row, or the nearest there is."""
        index = self._model.index(min(max(row, 0), len(self._model.rows) - 1))
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def move_choice(self, rows: int) -> None:
        """Go down the list, up when negative."""
        self.choose(self.currentIndex().row() + rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Use the chosen row with Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the rows for the new width."""
        super().resizeEvent(event)
        self.viewport().update()

    def _height_of(self, rows: int) -> int:
        margins = self.viewportMargins()
        return rows * self.sizeHintForRow(0) + 2 * self.frameWidth() + margins.top() + margins.bottom()
