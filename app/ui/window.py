"""The main window: sidebar and pages, and what happens between them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QImage, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from app.core.errors import StorageError
from app.core.i18n import tr
from app.registry import load
from app.ui.icons import app_icon
from app.ui.main_menu import PROGRAM, MainMenu
from app.ui.pages import FOOT, Page, tool_pages
from app.ui.sidebar import Sidebar
from app.ui.tabs.base import Tab
from app.ui.window_actions import add_window_actions

if TYPE_CHECKING:
    from app.ui.command_palette import CommandPalette
    from app.ui.desk import Desk
    from app.ui.help_sheet import HelpSheet
    from app.ui.widgets.sheet import Sheet

GEOMETRY: Final = "window.geometry"
LAST_TAB: Final = "window.last_tab"
SETTINGS: Final = "settings"
CLOSE: Final = "general.close_to_tray"
COLLAPSE_BELOW: Final = 900
"""Widths in logical pixels under which the sidebar shows icons only."""
SMALLEST: Final = QSize(560, 360)
FIRST_SIZE: Final = QSize(1120, 740)
FIRST_SHARE: Final = 0.9
"""Of the screen, at most, the first time."""
PASSING_MS: Final = 6000
"""How long news stays that needs no answer."""
LOG_OUT_MS: Final = 60_000
"""A log-out that has not ended the program by then was called off."""


class Window(QMainWindow):
    """One page at a time; each is built when it is first shown.

    Args:
        desk: everything else there is.
        tools: pages at the top of the sidebar; those of the registry unless a test has its own.
        foot: pages at its foot.

    """

    painted = Signal()
    """The window was drawn for the first time."""
    unseen_message = Signal(str, str)
    """Text and kind of a message of any page while the user is in another program."""

    def __init__(self, desk: Desk, tools: Sequence[Page] | None = None, foot: Sequence[Page] = FOOT) -> None:
        super().__init__()
        self.desk = desk
        self.has_tray: Callable[[], bool] = lambda: False
        """Tells whether there is a tray icon from which the window can be brought back."""
        self._tools = tuple(tool_pages() if tools is None else tools)
        self._pages = {page.key: page for page in (*self._tools, *foot)}
        self._tabs: dict[str, Tab] = {}
        self._key = ""
        self._before = self._tools[0].key
        self._quitting = self._was_painted = False
        self._log_out = QTimer(self, singleShot=True, interval=LOG_OUT_MS)
        self._sheets: dict[str, Sheet] = {}
        self.setWindowIcon(app_icon())
        self.setWindowTitle("Paperdesk")
        self.setMinimumSize(SMALLEST)
        add_window_actions(self, tuple(self._pages.values()))
        desk.actions.attach(self)
        self.sidebar = Sidebar(desk, self._tools, foot)
        self.sidebar.chosen.connect(lambda key: self.show_page(key, focus=False))
        self.sidebar.entered.connect(self._enter_page)
        self.stack = QStackedWidget()
        self._lay_out()
        desk.tab_requested.connect(self.show_page)
        desk.message.connect(self.show_message)
        desk.captured.connect(self._on_captured)
        desk.selected.connect(self._on_selected)
        desk.language_changed.connect(self.sidebar.retranslate)
        QGuiApplication.instance().commitDataRequest.connect(self._on_session_end)  # type: ignore[union-attr]
        self._restore_geometry()

    @property
    def current_tab(self) -> Tab:
        """The tab in front."""
        return self.tab(self._key or self._tools[0].key)

    @property
    def current_key(self) -> str:
        """The key of the page in front, "" before the first is shown."""
        return self._key

    def tab(self, key: str) -> Tab:
        """Return the tab of a page, built now if it was not needed before."""
        if key not in self._tabs:
            tab: Tab = load(self._pages[key].tab)(self.desk)
            self._tabs[key] = tab
            self.stack.addWidget(tab)
            tab.messages.shown.connect(self._on_message)
        return self._tabs[key]

    def build_pages(self) -> None:
        """Build the pages that were not needed yet, so that all of their actions are there to be found."""
        for key in self._pages:
            self.tab(key)

    def show_last_page(self) -> None:
        """Show the page that was in front when the program last ended."""
        key = self.desk.settings.text(LAST_TAB)
        self.show_page(key if key in self._pages else self._tools[0].key)

    def show_page(self, key: str, *, focus: bool = True) -> None:
        """Bring a page to the front, and the keyboard to its input unless told otherwise."""
        self.close_sheets()
        if key == SETTINGS:
            self.build_pages()
        tab = self.tab(key)
        if key != self._key:
            if self._key in {page.key for page in self._tools}:
                self._before = self._key
            self._key = key
            self.stack.setCurrentWidget(tab)
            self.sidebar.mark_page(key)
        if focus:
            tab.focus_input()

    def show_and_raise(self) -> None:
        """Come to the front, out of the tray or the task bar if need be."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_message(self, text: str, kind: str = "info") -> None:
        """Say something under the page in front; news that needs no answer goes by itself once it can be seen."""
        passing = PASSING_MS if kind in ("info", "success") and self.isVisible() else 0
        self.current_tab.messages.show_message(text, kind, timeout_ms=passing)

    def open_palette(self) -> None:
        """Open the command palette, or close it when it is open."""
        palette = self._palette()
        if palette.isVisible():
            palette.close_sheet()
            return
        self.close_sheets()
        self.build_pages()
        palette.open()

    def open_help(self) -> None:
        """Show the keys of the page in front, or hide them."""
        sheet = self._help()
        if sheet.isVisible():
            sheet.close_sheet()
            return
        self.close_sheets()
        sheet.open_for(self.current_tab)

    def open_menu(self) -> None:
        """Open the menu with all actions."""
        self.close_sheets()
        self.current_tab.menu_button.showMenu()

    def close_sheets(self) -> None:
        """Close the palette and the list of keys."""
        for sheet in self._sheets.values():
            sheet.close_sheet()

    def quit(self) -> None:
        """End the program."""
        self._quitting = True
        self.save_state()
        QApplication.quit()

    def save_state(self) -> None:
        """Remember place, size and page."""
        place = bytes(self.saveGeometry().toBase64().data()).decode()
        try:
            if place != self.desk.settings.text(GEOMETRY):
                self.desk.settings.set(GEOMETRY, place)
            if self._key and self._key != self.desk.settings.text(LAST_TAB):
                self.desk.settings.set(LAST_TAB, self._key)
        except StorageError as error:
            self.show_message(str(error), "warning")

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Stay in the tray or quit, as the user wants it, who is asked the first time."""
        choice = self._close_choice()
        event.setAccepted(choice != "ask")
        if choice == "ask":
            self._ask_close()
        elif choice == "tray":
            self.save_state()
        elif not self._quitting:
            QTimer.singleShot(0, self, self.quit)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go one step back with Esc."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not (self.current_tab.go_back() or self.current_tab.messages.step_back()):
            self._leave()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give the page more room when there is little."""
        super().resizeEvent(event)
        self.sidebar.set_collapsed(self.width() < COLLAPSE_BELOW)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Say once that there is something to see."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def _enter_page(self) -> None:
        self.current_tab.focus_input()

    def _leave(self) -> None:
        """Go from the sidebar into the page, from history or settings to the tool that was in front."""
        focus = QApplication.focusWidget()
        if focus is not None and self.sidebar.isAncestorOf(focus):
            self.current_tab.focus_input()
        elif self._key not in {page.key for page in self._tools}:
            self.show_page(self._before)

    def _close_choice(self) -> str:
        """Return "tray", "quit" or "ask"."""
        if self._quitting or self._log_out.isActive() or not self.has_tray():
            return "quit"
        return self.desk.settings.text(CLOSE)

    def _ask_close(self) -> None:
        from app.ui.close_choice import CloseChoice  # noqa: PLC0415 - needed once in the life of an installation

        dialog = CloseChoice(self.desk, self)
        dialog.answered.connect(self._on_close_answer)
        dialog.open()

    def _on_close_answer(self, choice: str) -> None:
        if choice == "tray":
            self.save_state()
            self.hide()
        else:
            self.quit()

    def _on_message(self, text: str, kind: str) -> None:
        if QApplication.activeWindow() is None:
            self.unseen_message.emit(text, kind)

    def _on_captured(self, image: QImage) -> None:
        """Give a picture to the page in front if it takes pictures, otherwise to the first tool that does."""
        takers = [page.key for page in self._tools if page.captures]
        if takers:
            self.show_page(self._key if self._key in takers else takers[0])
            self.current_tab.accept_capture(image)

    def _on_selected(self, text: str) -> None:
        """Come to the front with the first tool that looks texts up."""
        takers = [page.key for page in self._tools if page.looks_up]
        if takers:
            self.show_and_raise()
            self.show_page(takers[0])
            self.current_tab.accept_text(text)

    def _on_session_end(self) -> None:
        """Be ready to be ended at any moment; nothing is asked meanwhile."""
        self._log_out.start()
        self.save_state()

    def _palette(self) -> CommandPalette:
        from app.ui.command_palette import CommandPalette  # noqa: PLC0415 - not before somebody asks for it

        if "palette" not in self._sheets:
            self._sheets["palette"] = CommandPalette(self.desk, self)
        sheet = self._sheets["palette"]
        assert isinstance(sheet, CommandPalette)  # noqa: S101 - tells the type checker what the key says
        return sheet

    def _help(self) -> HelpSheet:
        from app.ui.help_sheet import HelpSheet  # noqa: PLC0415 - as above

        if "help" not in self._sheets:
            self._sheets["help"] = HelpSheet(self.desk, self)
        sheet = self._sheets["help"]
        assert isinstance(sheet, HelpSheet)  # noqa: S101 - as above
        return sheet

    def _restore_geometry(self) -> None:
        stored = QByteArray.fromBase64(self.desk.settings.text(GEOMETRY).encode("ascii", "replace"))
        if stored.isEmpty() or not self.restoreGeometry(stored):
            room = self.screen().availableSize() * FIRST_SHARE
            self.resize(FIRST_SIZE.boundedTo(room))

    def _lay_out(self) -> None:
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self.stack, 1)
        self.setCentralWidget(centre)
        if sys.platform == "darwin":
            menu = MainMenu(self.desk, self)
            menu.setTitle(tr(PROGRAM))
            self.menuBar().addMenu(menu)
