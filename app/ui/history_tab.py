"""Every result of every tool: find it again, copy it, open it, pin it, delete it and take that back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
)

from app.core.i18n import mark, tr
from app.registry import TOOLS
from app.ui.history_delegate import HistoryDelegate
from app.ui.history_model import Filter, HistoryModel
from app.ui.history_widgets import EmptyState, FilterBar
from app.ui.tabs.base import Tab

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.core.history import Entry
    from app.core.progress import Progress
    from app.ui.desk import Desk

COPIED_MS: Final = 2000
MONOSPACE: Final = frozenset({"formula"})
"""Tools whose results are code."""
GROUP: Final = mark("History")


class HistoryTab(Tab):
    """The list of all results under a search field.

    Args:
        desk: history, tasks, actions, theme.

    """

    key = "history"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._deleted: list[list[int]] = []
        self._restored: list[int] = []
        self._total = 0
        self.model = HistoryModel(desk, {tool.key: tool.title for tool in TOOLS}, parent=self)
        self._delegate = HistoryDelegate(desk.theme, MONOSPACE, {tool.key: tool.icon for tool in TOOLS}, self)
        self.filters = FilterBar(desk.theme)
        self.search = self.filters.search
        self.search.installEventFilter(self)
        self._make_list()
        self._make_foot()
        self._make_actions()
        self._lay_out()
        self.model.counted.connect(self._counted)
        self.model.failed.connect(lambda text: self.messages.show_message(text, "error"))
        self.model.rowsInserted.connect(self._selection_changed)
        self.list.selectionModel().selectionChanged.connect(self._selection_changed)
        self.filters.changed.connect(self._apply_filter)
        desk.theme.changed.connect(self.list.viewport().update)
        self.retranslate()
        self.model.set_filter(Filter())

    def retranslate(self) -> None:
        """Write all texts in the current language."""
        super().retranslate()
        if not hasattr(self, "_count"):
            return
        self.filters.retranslate()
        self._empty.explain(self.model.filter())
        self.list.setAccessibleName(tr("Results"))
        self._write_buttons()
        self._write_count()
        self.model.tick()

    def focus_input(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def help_rows(self) -> list[tuple[str, str]]:
        """Return what the keys do here."""
        return [
            (tr("Type"), tr("search the history")),
            (tr("Down"), tr("from the search to the results")),
            (tr("Enter"), tr("copy the selected result")),
            (tr("Esc"), tr("back to the search, then clear it")),
        ]

    def go_back(self) -> bool:
        """Go from the results to the search, then clear the search."""
        if not self.search.hasFocus():
            self.focus_input()
            return True
        if self.search.text():
            self.search.clear()
            return True
        return False

    def selected(self) -> list[Entry]:
        """Return the selected entries from top to bottom."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.entries()[row] for row in rows]

    def copy_selected(self) -> None:
        """Copy the texts of the selected results, one below the other."""
        entries = self.selected()
        if entries:
            self.desk.copy_text("\n".join(entry.text for entry in entries))
            self._copy_button.setText(tr("Copied"))
            self._copied.start()

    def open_selected(self) -> None:
        """Show the current result in the tool it came from."""
        entries = self.selected()
        if len(entries) != 1 or entries[0].tool not in {tool.key for tool in TOOLS}:
            return
        self.desk.show_tab(entries[0].tool)
        accept = getattr(self._tab_of(entries[0].tool), "accept_entry", None)
        if accept is not None:
            accept(entries[0])

    def toggle_pin(self) -> None:
        """Pin the selected results, or unpin them when all are pinned."""
        entries = self.selected()
        ids = [entry.id for entry in entries]
        pinned = not all(entry.pinned for entry in entries)
        if ids:
            self._write(lambda: self.desk.history.set_pinned(ids, pinned), self.model.refresh)

    def delete_selected(self) -> None:
        """Delete the selected results; it can be undone."""
        ids = [entry.id for entry in self.selected()]
        if ids:
            row = min(self.model.rows_of(ids))
            self._write(lambda: self.desk.history.delete(ids), lambda: self._after_delete(ids, row))

    def clear(self) -> None:
        """Delete everything that is not pinned; it can be undone."""
        history = self.desk.history

        def work(_progress: Progress) -> list[int]:
            ids = history.ids(pinned=False)
            history.delete(ids)
            return ids

        self.desk.tasks.run(work, self._after_clear, self._failed)

    def undo(self) -> None:
        """Bring back what was deleted last."""
        if self._deleted:
            ids = self._deleted.pop()
            self._write(lambda: self.desk.history.restore(ids), lambda: self._after_undo(ids))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Lead from the search to the results and back with Down, Enter and Up."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.search:
                return self._key_in_search(event)
            return self._key_in_list(event)
        return super().eventFilter(watched, event)

    def _key_in_search(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo) and not self.search.isUndoAvailable():
            self.undo()
            return True
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.model.rowCount():
            self.list.setFocus()
            if not self.list.selectionModel().hasSelection():
                self.list.setCurrentIndex(self.model.index(0))
            return True
        return False

    def _key_in_list(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Up and not event.modifiers() and self.list.currentIndex().row() <= 0:
            self.focus_input()
            return True
        return False

    def _write(self, change: Callable[[], None], then: Callable[[], None]) -> None:
        """Change the history in the background; errors go to the message bar."""

        def work(_progress: Progress) -> Callable[[], None]:
            change()
            return then

        self.desk.tasks.run(work, self._written, self._failed)

    def _written(self, then: Callable[[], None]) -> None:
        then()

    def _failed(self, error: Exception) -> None:
        self.messages.show_message(str(error), "error")

    def _after_delete(self, ids: list[int], row: int) -> None:
        self.model.drop(ids)
        self._offer_undo(ids)
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(min(row, self.model.rowCount() - 1)))

    def _after_clear(self, ids: list[int]) -> None:
        if ids:
            self.model.drop(ids)
            self._offer_undo(ids)
        else:
            self.messages.show_message(tr("Nothing to delete: every result is pinned."), "info")

    def _offer_undo(self, ids: list[int]) -> None:
        self._deleted.append(ids)
        text = tr("1 result deleted.") if len(ids) == 1 else tr("{count} results deleted.", count=f"{len(ids):,}")
        self.messages.show_message(text, "info", (tr("Undo"), self.undo))
        self._selection_changed()

    def _after_undo(self, ids: list[int]) -> None:
        self.messages.clear()
        if self._deleted:
            self._offer_undo(self._deleted.pop())
        self._restored = ids
        self.model.refresh()
        self._selection_changed()

    def _counted(self, total: int) -> None:
        self._total = total
        if self._restored:
            self._select(self._restored)
            self._restored = []
        self._write_count()
        self._stack.setCurrentWidget(self.list if total or self.model.rowCount() else self._empty)
        self._empty.explain(self.model.filter())

    def _select(self, entry_ids: Sequence[int]) -> None:
        rows = self.model.rows_of(entry_ids)
        if rows:
            self.list.setCurrentIndex(self.model.index(rows[0]))
        for row in rows:
            self.list.selectionModel().select(self.model.index(row), self.list.selectionModel().SelectionFlag.Select)

    def _selection_changed(self, *_details: object) -> None:
        entries = self.selected()
        known = {tool.key for tool in TOOLS}
        self._copy.setEnabled(bool(entries))
        self._open.setEnabled(len(entries) == 1 and entries[0].tool in known)
        self._pin.setEnabled(bool(entries))
        self._delete.setEnabled(bool(entries))
        self._undo.setEnabled(bool(self._deleted))
        self._write_buttons()
        self._write_count()

    def _write_buttons(self) -> None:
        """Write what each button would do to the selection."""
        entries = self.selected()
        if not self._copied.isActive():
            self._copy_button.setText(tr("&Copy"))
        title = {tool.key: tool.title for tool in TOOLS}.get(entries[0].tool, "") if entries else ""
        self._open_button.setText(tr("Open in {tool}", tool=tr(title)) if title else tr("Open"))
        self._pin_button.setText(tr("Unpin") if entries and all(entry.pinned for entry in entries) else tr("Pin"))
        self._delete_button.setText(tr("Delete"))
        self._clear_button.setText(tr("Clear…"))
        for button, action in self._buttons.items():
            button.setEnabled(action.isEnabled())
            button.setToolTip(action.toolTip())

    def _write_count(self) -> None:
        chosen = len(self.list.selectionModel().selectedIndexes())
        total = f"{self._total:,}"
        one = self._total == 1
        text = tr("1 result") if one else tr("{count} results", count=total)
        if chosen > 1:
            text = tr("{chosen} of {count} selected", chosen=f"{chosen:,}", count=total)
        self._count.setText(text)

    def _apply_filter(self, wanted: Filter) -> None:
        self._delegate.words = wanted.query.split()
        self.model.set_filter(wanted)
        self.list.scrollToTop()

    def _tab_of(self, key: str) -> Tab | None:
        """Return the tab of a tool, which showing it has built."""
        return next((tab for tab in self.window().findChildren(Tab) if tab.key == key), None)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for action in (self._copy, self._open, self._pin, self._delete):
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self._undo)
        menu.addAction(self._clear)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(place))

    def _make_list(self) -> None:
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.activated.connect(lambda _index: self.copy_selected())
        self.list.installEventFilter(self)
        self._empty = EmptyState(self.desk.theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)

    def _make_foot(self) -> None:
        self._count = QLabel()
        self._count.setProperty("tone", "muted")
        self._copied = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._copied.timeout.connect(self._write_buttons)
        self._copy_button, self._open_button, self._pin_button = QPushButton(), QPushButton(), QPushButton()
        self._delete_button, self._clear_button = QPushButton(), QPushButton()

    def _make_actions(self) -> None:
        add = self._add_action
        self._copy = add("history.copy", mark("Copy again"), self.copy_selected, "Ctrl+C", "copy")
        self._open = add("history.open", mark("Open in its tool"), self.open_selected, "Ctrl+O", "open")
        self._pin = add("history.pin", mark("Pin or unpin"), self.toggle_pin, "P", "pin")
        self._delete = add("history.delete", mark("Delete result"), self.delete_selected, "Del", "delete")
        self._undo = add("history.undo", mark("Undo deletion"), self.undo, "Ctrl+Z", "undo")
        self._clear = add("history.clear", mark("Delete all that is not pinned"), self.clear, "", "delete")
        self._buttons = {
            self._copy_button: self._copy,
            self._open_button: self._open,
            self._pin_button: self._pin,
            self._delete_button: self._delete,
            self._clear_button: self._clear,
        }
        for button, action in self._buttons.items():
            button.clicked.connect(lambda _checked=False, action=action: action.trigger())
        self._selection_changed()

    def _add_action(self, name: str, text: str, slot: Callable[[], None], shortcut: str, icon: str) -> QAction:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        return self.desk.actions.add(
            name, text, slot, shortcut=shortcut, icon=icon, group=GROUP, owner=self, context=context
        )

    def _lay_out(self) -> None:
        space = self.desk.theme.space
        foot = QHBoxLayout()
        foot.setSpacing(space(8))
        foot.addWidget(self._count, 1)
        for button in self._buttons:
            foot.addWidget(button)
        self.content.addWidget(self.filters)
        self.content.addWidget(self._stack, 1)
        self.content.addLayout(foot)
