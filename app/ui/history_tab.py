"""Every result of every tool: find it again, copy it, open it, pin it, delete it and take that back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QStackedWidget

from app.core.errors import PaperdeskError
from app.core.i18n import mark, tr
from app.registry import TOOLS
from app.ui.history_delegate import HistoryDelegate
from app.ui.history_list import HistoryList
from app.ui.history_model import HistoryModel
from app.ui.history_widgets import EmptyState, FilterBar
from app.ui.tabs.base import Tab

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.core.history import Entry
    from app.ui.desk import Desk
    from app.ui.history_listing import Filter, Run

T = TypeVar("T")

COPIED_MS: Final = 2000
MOST_SELECTED: Final = 1000
"""More rows than this are not selected again after they were pinned or brought back: looking for them takes time."""
MONOSPACE: Final = frozenset({"formula"})
"""Tools whose results are code."""
KNOWN: Final = {tool.key: tool.title for tool in TOOLS}
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
        self._to_select: list[int] = []
        self._offer = ""
        self._first_soon = False
        self.model = HistoryModel(desk, KNOWN, parent=self)
        self._delegate = HistoryDelegate(desk.theme, MONOSPACE, {tool.key: tool.icon for tool in TOOLS}, self)
        self.filters = FilterBar(desk.theme)
        self.search = self.filters.search
        self.search.installEventFilter(self)
        self._make_list()
        self._make_foot()
        self._make_actions()
        self._lay_out()
        self.model.updated.connect(self._on_updated)
        self.model.failed.connect(lambda text: self.messages.show_message(text, "error"))
        self.list.selectionModel().selectionChanged.connect(self._selection_changed)
        self.filters.changed.connect(self._apply_filter)
        desk.theme.changed.connect(self.list.viewport().update)
        self.retranslate()

    def retranslate(self) -> None:
        """Write all texts in the current language."""
        super().retranslate()
        self.filters.retranslate()
        self.list.setAccessibleName(tr("Results"))
        self._explain()
        self._selection_changed()
        self.model.show_again()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the history."""
        super().showEvent(event)
        self.model.set_active(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Let the history go its way while nobody looks."""
        super().hideEvent(event)
        self.model.set_active(False)

    def focus_input(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def help_rows(self) -> list[tuple[str, str]]:
        """Return what the keys do here."""
        return [
            (tr("Type"), tr("Search the history")),
            (tr("Down"), tr("From the search to the results")),
            (tr("Enter"), tr("Copy the selected result")),
            (tr("Esc"), tr("Back to the search, then clear it")),
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

    def selected(self) -> list[int]:
        """Return the ids of the selected entries from top to bottom."""
        ids = self.model.listing().ids
        return [entry_id for first, last in self.list.selected_runs() for entry_id in ids[first : last + 1]]

    def copy_selected(self) -> None:
        """Copy the texts of the selected results, one below the other."""
        ids = self.selected()
        if ids:
            self._run(lambda: self.desk.history.entries(ids), lambda found: self._copy_texts(ids, found))

    def open_selected(self) -> None:
        """Show the selected result in the tool it came from."""
        ids = self.selected()
        if len(ids) == 1:
            self._run(lambda: self.desk.history.get(ids[0]), self._show_in_tool)

    def toggle_pin(self) -> None:
        """Pin the selected results, or unpin them when all are pinned."""
        ids, pinned = self.selected(), not self._all_pinned()
        if ids:
            self._run(lambda: self.desk.history.set_pinned(ids, pinned), lambda _none: self._select_soon(ids))

    def delete_selected(self) -> None:
        """Delete the selected results; it can be undone."""
        ids = self.selected()
        if ids:
            rest = self._next_to(self.list.selected_runs()[-1])
            self._run(lambda: self.desk.history.delete(ids), lambda _none: self._after_delete(ids, rest))

    def clear(self) -> None:
        """Delete everything that is not pinned; it can be undone."""
        history = self.desk.history

        def work() -> list[int]:
            ids = history.ids(pinned=False)
            history.delete(ids)
            return ids

        self._run(work, self._after_clear)

    def undo(self) -> None:
        """Bring back what was deleted last."""
        if self._deleted:
            ids = self._deleted.pop()
            self._run(lambda: self.desk.history.restore(ids), lambda _none: self._after_undo(ids))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Lead from the search to the results with Down and Enter; undo deletions there too."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key_in_search(event)
        return super().eventFilter(watched, event)

    def _key_in_search(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Undo) and not self.search.isUndoAvailable():
            self.undo()
            return True
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.model.rowCount():
            self._first_soon = self.filters.apply_pending()
            self.list.setFocus()
            if not self._first_soon and not self.list.selected_runs():
                self.list.select_rows([0])
            return True
        return False

    def _run(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Use the history in the background; errors go to the message bar."""
        self.desk.tasks.run(lambda _progress: work(), then, self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PaperdeskError):
            self.messages.show_message(str(error), "error")
        else:
            self.desk.crashed.emit(error)

    def _copy_texts(self, ids: list[int], found: dict[int, Entry]) -> None:
        self.desk.copy_text("\n".join(found[entry_id].text for entry_id in ids if entry_id in found))
        self._copy_button.setText(tr("Copied"))
        self._copied.start()

    def _show_in_tool(self, entry: Entry | None) -> None:
        if entry is None or entry.tool not in KNOWN:
            return
        self.desk.show_tab(entry.tool)
        accept = getattr(self._tab_of(entry.tool), "accept_entry", None)
        if accept is not None:
            accept(entry)

    def _select_soon(self, ids: list[int]) -> None:
        """Select entries, unless they are very many, when the list is in step with the history again."""
        self._to_select = ids if len(ids) <= MOST_SELECTED else []
        self.model.refresh()

    def _next_to(self, run: Run) -> list[int]:
        """Return the id of the entry below rows that go, or of the one above them, or nothing."""
        ids, (first, last) = self.model.listing().ids, run
        return list(ids[last + 1 : last + 2] or ids[max(first - 1, 0) : first])

    def _after_delete(self, ids: list[int], rest: list[int]) -> None:
        self._offer_undo(ids)
        self._select_soon(rest)

    def _after_clear(self, ids: list[int]) -> None:
        if ids:
            self._after_delete(ids, [])
        else:
            self.messages.show_message(tr("Nothing to delete: every result is pinned."), "info")

    def _offer_undo(self, ids: list[int]) -> None:
        self._deleted.append(ids)
        text = tr("1 result deleted.") if len(ids) == 1 else tr("{count} results deleted.", count=f"{len(ids):,}")
        self._offer = text
        self.messages.show_message(text, "info", (tr("Undo"), self.undo))
        self._selection_changed()

    def _after_undo(self, ids: list[int]) -> None:
        if self.messages.text == self._offer:
            self.messages.step_back()
        if self._deleted:
            self._offer_undo(self._deleted.pop())
        self._select_soon(ids)

    def _on_updated(self) -> None:
        if self._to_select:
            self.list.select_rows(self.model.listing().rows_of(self._to_select))
            self._to_select = []
        elif self._first_soon and self.model.rowCount():
            self.list.select_rows([0])
        self._first_soon = False
        self._stack.setCurrentWidget(self.list if self.model.rowCount() else self._empty)
        self._explain()
        self._selection_changed()

    def _explain(self) -> None:
        if not self.model.rowCount():
            self._empty.explain(self.model.filter())

    def _all_pinned(self) -> bool:
        chosen = self.list.selected_runs()
        return bool(chosen) and chosen[-1][1] < self.model.listing().pinned

    def _selection_changed(self, *_details: object) -> None:
        chosen = self.list.selected_runs()
        count = sum(last - first + 1 for first, last in chosen)
        entry = self.model.entry(chosen[0][0]) if count == 1 else None
        for action in (self._copy, self._pin, self._delete):
            action.setEnabled(count > 0)
        self._open.setEnabled(entry is not None and entry.tool in KNOWN)
        self._undo.setEnabled(bool(self._deleted))
        self._write_buttons(entry)
        self._write_count(count)

    def _write_buttons(self, entry: Entry | None) -> None:
        """Write what each button would do to the selection; `entry` is the only one selected."""
        if not self._copied.isActive():
            self._copy_button.setText(tr("&Copy"))
        title = KNOWN.get(entry.tool, "") if entry else ""
        self._open_button.setText(tr("&Open in {tool}", tool=tr(title)) if title else tr("&Open"))
        self._pin_button.setText(tr("Un&pin") if self._all_pinned() else tr("&Pin"))
        self._delete_button.setText(tr("&Delete"))
        for button, action in self._buttons.items():
            button.setEnabled(action.isEnabled())
            button.setToolTip(action.toolTip())

    def _write_count(self, chosen: int) -> None:
        total = self.model.rowCount()
        text = tr("1 result") if total == 1 else tr("{count} results", count=f"{total:,}")
        if chosen > 1:
            text = tr("{chosen} of {count} selected", chosen=f"{chosen:,}", count=f"{total:,}")
        self._count.setText(text if total else "")

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
        self.list = HistoryList(self.model, self._delegate)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.activated.connect(lambda _index: self.copy_selected())
        self.list.left.connect(self.focus_input)
        self._empty = EmptyState(self.desk.theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)

    def _make_foot(self) -> None:
        self._count = QLabel()
        self._count.setProperty("tone", "muted")
        self._copied = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._copied.timeout.connect(self._selection_changed)
        self._copy_button, self._open_button, self._pin_button, self._delete_button = (QPushButton() for _ in range(4))
        self._copy_button.setProperty("kind", "primary")

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
        }
        for button, action in self._buttons.items():
            button.clicked.connect(lambda _checked=False, action=action: action.trigger())

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
