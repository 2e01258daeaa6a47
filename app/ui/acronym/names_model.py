"""The names that were found, as a list for Qt: one name a row, written out when it is first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.acronym.judgement import written
from app.acronym.ranking import KIND_TITLES
from app.acronym.taken import taken_by
from app.core.i18n import tr

if TYPE_CHECKING:
    from app.acronym.search import Name, Names

KIND_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
TAKEN_ROLE: Final = KIND_ROLE + 1
FAVOURITE_ROLE: Final = KIND_ROLE + 2
SHARE_ROLE: Final = KIND_ROLE + 3
"""How near a name's score is to the best one, 0 to 1."""
RANGE: Final = 8.0
"""A name whose odds are e^8 times worse than those of the best has no bar left."""

_Index = QModelIndex | QPersistentModelIndex


class NamesModel(QAbstractListModel):
    """Rows of names, all or those of one length."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names: Names | None = None
        self._rows: list[Name] = []
        self._length: int | None = None
        self._written: dict[str, str] = {}
        self._favourites: frozenset[str] = frozenset()

    def show_names(self, names: Names | None) -> None:
        """Show other names."""
        self.beginResetModel()
        self._names, self._written = names, {}
        self._choose_rows()
        self.endResetModel()

    def show_length(self, letters: int | None) -> None:
        """Show only names of so many letters, None for all."""
        self.beginResetModel()
        self._length = letters
        self._choose_rows()
        self.endResetModel()

    def show_favourites(self, texts: frozenset[str]) -> None:
        """Mark these names (folded)."""
        self._favourites = texts
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [FAVOURITE_ROLE])

    def name(self, row: int) -> Name | None:
        """Return the name of a row, None beyond the last."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, text: str) -> int:
        """Return the row of a folded name, -1 when it is not shown."""
        return next((row for row, name in enumerate(self._rows) if name.text == text), -1)

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Return how many names are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return what the delegate draws and screen readers say."""
        name = self.name(index.row())
        if name is None or self._names is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._as_written(name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._as_written(name)}, {tr(KIND_TITLES[name.kind])}"
        return self._drawn(name, role)

    def _drawn(self, name: Name, role: int) -> object:
        if role == KIND_ROLE:
            return tr(KIND_TITLES[name.kind])
        if role == TAKEN_ROLE:
            return bool(taken_by(name.text))
        if role == FAVOURITE_ROLE:
            return name.text in self._favourites
        return self._share(name) if role == SHARE_ROLE else None

    def _as_written(self, name: Name) -> str:
        if name.text not in self._written and self._names is not None:
            self._written[name.text] = written(self._names.ground, name)
        return self._written[name.text]

    def _share(self, name: Name) -> float:
        best = self._names.listed[0].score if self._names is not None else name.score
        return max(0.0, 1 - (best - name.score) / RANGE)

    def _choose_rows(self) -> None:
        listed = self._names.listed if self._names is not None else ()
        self._rows = [name for name in listed if self._length in (None, len(name.text))]
