"""The list of palettes for Qt: one palette a row, drawn as its colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.core.i18n import tr
from app.ui.palette.favourites import unjudged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.palette import Palette
    from app.ui.palette.shelf import Row

ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
FAVOURITE_ROLE: Final = ROW_ROLE + 1

_Index = QModelIndex | QPersistentModelIndex


class PaletteListModel(QAbstractListModel):
    """Rows of measured palettes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._favourites: frozenset[Palette] = frozenset()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other palettes."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def show_favourites(self, favourites: frozenset[Palette]) -> None:
        """Mark these palettes."""
        self._favourites = favourites
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [FAVOURITE_ROLE])

    def row(self, number: int) -> Row | None:
        """Return the palette of a row, None beyond the last."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def row_of(self, palette: Palette) -> int:
        """Return the row of a palette, -1 for none."""
        return next((number for number, row in enumerate(self._rows) if row.palette == palette), -1)

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return how many palettes there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == FAVOURITE_ROLE:
            return unjudged(row.palette) in self._favourites
        if role == Qt.ItemDataRole.DisplayRole:
            return row.palette.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        return row.palette.source if role == Qt.ItemDataRole.ToolTipRole else None


def spoken(row: Row) -> str:
    """Return a row as a screen reader says it."""
    return tr(
        "{name}, {count} colours, {level}, distance {distance}",
        name=row.palette.name,
        count=len(row.palette),
        level=row.level.title,
        distance=f"{row.report.distance:.1f}",
    )
