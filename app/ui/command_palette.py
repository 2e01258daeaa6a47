"""Ctrl+K: any action, found by a few letters of its name in either language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from app.core.errors import StorageError
from app.core.i18n import mark, tr
from app.ui.fuzzy import match
from app.ui.palette_delegate import ROW, Row, RowDelegate
from app.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from app.ui.actions import Registered
    from app.ui.desk import Desk

RECENT: Final = "window.palette_recent"
REMEMBERED: Final = 8
WIDTH: Final = 560
SHOWN_ROWS: Final = 9
RECENT_BONUS: Final = 6
"""Among equally good fits the one used last comes first, but a better fit still beats it."""
OWN_ID: Final = "program.palette"
PALETTE_PLACEHOLDER: Final = mark("What do you want to do?")


@dataclass(frozen=True)
class _Found:
    order: tuple[int, int]
    row: Row


class CommandPalette(Sheet):
    """Lists what can be done now.

    Args:
        desk: gives the actions and keeps which were used last.
        window: what it covers.

    """

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(desk.theme, window, WIDTH)
        self._desk = desk
        self.field = QLineEdit()
        self.field.setProperty("bare", "true")
        self.field.setFont(desk.theme.font("title"))
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self._model = _Rows(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(RowDelegate(desk.theme, self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setProperty("bare", "true")
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._run_index)
        self._nothing = QLabel()
        self._nothing.setProperty("tone", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMinimumHeight(desk.theme.space(64))
        line = QFrame()
        line.setProperty("frame", "line")
        head = QVBoxLayout()
        self._gap = desk.theme.space(8)
        head.setContentsMargins(self._gap, self._gap, self._gap, self._gap)
        head.addWidget(self.field)
        self.body.addLayout(head)
        for widget in (line, self.list, self._nothing):
            self.body.addWidget(widget)
        desk.language_changed.connect(self.retranslate)
        self.retranslate()

    def open(self) -> None:
        """Come up empty, with what was used last on top and what the page in front can do below it."""
        self.field.clear()
        self._search("")
        super().open()
        self.field.setFocus()

    def rows(self) -> list[Row]:
        """Return what is listed now."""
        return list(self._model.rows)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.field.setPlaceholderText(tr(PALETTE_PLACEHOLDER))
        self.field.setAccessibleName(tr("Find an action"))
        self.list.setAccessibleName(tr("Actions"))
        self._nothing.setText(tr("No action is called that."))

    def card_height(self) -> int:
        """Return the height of the field and of as many rows as there are, up to a limit."""
        rows = min(len(self._model.rows), SHOWN_ROWS)
        below = rows * self.list.sizeHintForRow(0) + self.theme.space(10) if rows else self._nothing.minimumHeight()
        return self.field.sizeHint().height() + 2 * self._gap + below + 3

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the field's arrow keys move in the list and its Enter run what is chosen."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: SHOWN_ROWS, Qt.Key.Key_PageUp: -SHOWN_ROWS}
        key = Qt.Key(event.key())
        if key in steps:
            self._move(steps[key])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run_index(self.list.currentIndex())
            return True
        return False

    def _move(self, step: int) -> None:
        count = len(self._model.rows)
        if not count:
            return
        row = self.list.currentIndex().row() + step
        row = row % count if abs(step) == 1 else min(max(row, 0), count - 1)
        self.list.setCurrentIndex(self._model.index(row))

    def _search(self, query: str) -> None:
        recent = self._recent()
        found = [each for entry in self._listed() if (each := _found(entry, query, recent)) is not None]
        found.sort(key=lambda each: each.order)
        self._model.show(each.row for each in found)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self._model.index(0))
            self.list.setAccessibleDescription(found[0].row.title)
        self.replace()

    def _listed(self) -> list[Registered]:
        return [each for each in self._desk.actions.all() if each.id != OWN_ID and each.action.isEnabled()]

    def _run_index(self, index: QModelIndex) -> None:
        if index.isValid():
            entry = self._model.rows[index.row()].entry
            self._remember(entry.id)
            self.close_sheet()
            QTimer.singleShot(0, entry.action, lambda: self._trigger(entry))

    def _trigger(self, entry: Registered) -> None:
        """Call the action; one of another tab after that tab has come to the front."""
        key = getattr(entry.owner, "key", "")
        if key and entry.owner is not None and not entry.owner.isVisible():
            self._desk.show_tab(key)
        entry.action.trigger()

    def _recent(self) -> list[str]:
        try:
            stored = json.loads(self._desk.settings.text(RECENT) or "[]")
        except ValueError:
            return []
        return [str(each) for each in stored] if isinstance(stored, list) else []

    def _remember(self, entry_id: str) -> None:
        kept = [entry_id, *(each for each in self._recent() if each != entry_id)][:REMEMBERED]
        try:
            self._desk.settings.set(RECENT, json.dumps(kept))
        except StorageError as error:
            self._desk.message.emit(str(error), "warning")


class _Rows(QAbstractListModel):
    """What the list shows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: Iterable[Row]) -> None:
        """List other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row for the delegate, its words for everybody else."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title} {row.keys}".strip()
        return row if role == ROW else None


def _found(entry: Registered, query: str, recent: list[str]) -> _Found | None:
    """Return the row of an action if it fits, with its place in the order."""
    title, group = entry.title, tr(entry.group) if entry.group else ""
    last = REMEMBERED - recent.index(entry.id) if entry.id in recent else 0
    keys = entry.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    if not query.strip():
        is_near = entry.owner is not None and entry.owner.isVisible()
        return _Found((-last, -int(is_near)), Row(entry, title, group, keys, ()))
    fit = match(query, title)
    if fit is not None:
        return _Found(
            (-(fit.score + (RECENT_BONUS if last else 0)), -last), Row(entry, title, group, keys, fit.positions)
        )
    others = (entry.text.replace("&", ""), f"{group} {title}", f"{entry.group} {entry.text}")
    fits = [fit.score for other in others if (fit := match(query, other)) is not None]
    if not fits:
        return None
    return _Found((-(max(fits) // 2), -last), Row(entry, title, group, keys, ()))
