"""All settings on searchable pages; every change acts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import InputError, StorageError
from app.core.i18n import mark, tr
from app.registry import TOOLS, load
from app.ui import autostart as login
from app.ui.key_edit import native_text
from app.ui.preference_row import PreferenceRow, RowTexts, matches, words_of
from app.ui.shortcut_commands import MIRRORS, Commands
from app.ui.shortcut_editor import ShortcutPanel
from app.ui.tabs.base import Tab

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.ui.autostart import Autostart
    from app.ui.desk import Desk
    from app.ui.theme import Theme

AUTOSTART: Final = "general.autostart"
DEBOUNCE_MS: Final = 120
PAGES_MARGIN: Final = 44
"""What the list of pages is wider than its longest title, units of `Theme.space`."""
CONTENT_EM: Final = 46
"""Widest a page gets: a title and its editor must stay within one look."""
SHORTCUTS_PAGE: Final = mark("Keyboard shortcuts")
FILES_PAGE: Final = mark("Files")


class LinkRow(QWidget):
    """A row with a button that leads elsewhere.

    Args:
        theme: spaces and colours.
        title: untranslated; what it is.
        detail: what is written below, as it is.
        button: untranslated text of the button.

    """

    def __init__(self, theme: Theme, title: str, detail: str, button: str) -> None:
        super().__init__()
        self._title, self._detail, self._button_text = title, detail, button
        self._words: list[str] = []
        self._texts = RowTexts(theme)
        self.button = QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(16), theme.space(12), theme.space(16), theme.space(12))
        row.setSpacing(theme.space(12))
        row.addWidget(self._texts, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.button.setText(tr(self._button_text))
        self.button.setAccessibleDescription(tr(self._title))
        self._texts.show_texts(tr(self._title), self._detail, self._words)

    def set_detail(self, detail: str) -> None:
        """Write `detail` below the title."""
        self._detail = detail
        self.retranslate()

    def refresh(self) -> None:
        """Show the value in force: there is none."""

    def search(self, words: list[str], page: str) -> bool:
        """Mark `words` and return whether they all occur in this row."""
        self._words = words
        self.retranslate()
        return matches(words, tr(self._title), self._title, self._detail, page)


class Section(QWidget):
    """The rows of one page under its title, on one card."""

    def __init__(self, theme: Theme, title: str, rows: Sequence[PreferenceRow | LinkRow]) -> None:
        super().__init__()
        self.title = title
        self.rows = list(rows)
        self._heading = QLabel()
        self._heading.setFont(theme.font("title"))
        self._card = QFrame()
        self._card.setObjectName("card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(0, theme.space(4), 0, theme.space(4))
        inside.setSpacing(0)
        for row in self.rows:
            inside.addWidget(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.space(16))
        layout.setSpacing(theme.space(8))
        layout.addWidget(self._heading)
        layout.addWidget(self._card)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self._heading.setText(tr(self.title))
        for row in self.rows:
            row.retranslate()

    def search(self, words: list[str]) -> bool:
        """Show the rows in which all words occur; return whether there are any."""
        found = [row.search(words, f"{tr(self.title)} {self.title}") for row in self.rows]
        for row, visible in zip(self.rows, found, strict=True):
            row.setVisible(visible)
        return any(found)


class PreferencesTab(Tab):
    """The settings: pages at the left, search over all of them above.

    Args:
        desk: settings, theme, actions, paths.
        autostart: how this platform starts programs at log-in.

    """

    key = "settings"
    _changed = Signal(str)

    def __init__(self, desk: Desk, autostart: Autostart | None = None) -> None:
        super().__init__(desk)
        self._autostart = login.choose() if autostart is None else autostart
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        self._search_timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._search_timer.timeout.connect(self._filter)
        self._search.textChanged.connect(lambda _text: self._search_timer.start())
        self._search.installEventFilter(self)
        self._commands = Commands(desk)
        self._pages = QListWidget()
        self._pages.currentRowChanged.connect(lambda _row: self._show_page())
        self._pages.itemClicked.connect(lambda _item: self._show_page())
        self.sections = self._make_sections()
        self.shortcuts = ShortcutPanel(desk)
        self._nothing = QLabel()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._scroll = self._scrolling_sections()
        for page in (self._scroll, self.shortcuts, self._nothing):
            self._stack.addWidget(page)
        self._lay_out()
        self._changed.connect(self._setting_changed)
        self.destroyed.connect(desk.settings.subscribe(lambda key, _value: self._changed.emit(key)))
        self.sync_autostart()
        self.retranslate()
        self._pages.setCurrentRow(0)

    def retranslate(self) -> None:
        """Write all texts in the current language."""
        super().retranslate()
        self._search.setPlaceholderText(tr("Search all settings"))
        self._search.setAccessibleName(tr("Search all settings"))
        self._pages.setAccessibleName(tr("Pages"))
        for section in self.sections:
            section.retranslate()
        row = max(self._pages.currentRow(), 0)
        with QSignalBlocker(self._pages):
            self._pages.clear()
            self._pages.addItems([tr(title) for title in self._page_titles()])
            self._pages.setCurrentRow(row)
        self._pages.setFixedWidth(self._widest_title() + self.desk.theme.space(PAGES_MARGIN))
        self.shortcuts.retranslate()
        self._filter()

    def focus_input(self) -> None:
        """Put the cursor into the search field."""
        self._search.setFocus()
        self._search.selectAll()
        self.sync_autostart()

    def go_back(self) -> bool:
        """Leave an open question, then the search."""
        if self.shortcuts.isVisible() and self.shortcuts.go_back():
            return True
        if self._search.text():
            self._search.clear()
            self._filter()
            self._search.setFocus()
            return True
        return False

    def help_rows(self) -> list[tuple[str, str]]:
        """Return what the keys do here."""
        return [
            (tr("Type"), tr("Search all settings")),
            (tr("Down"), tr("From the search to the first setting found")),
            (tr("Esc"), tr("Clear the search")),
            (tr("Tab"), tr("Next setting")),
            (tr("Space"), tr("Switch on or off")),
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Go from the search to the first setting found with Down or Enter, to the pages when nothing is searched."""
        goes = {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in goes:
            self._filter()
            self._first_found().setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def show_page(self, title: str) -> None:
        """Open the page whose untranslated title is `title`."""
        self._search.clear()
        self._filter()
        self._pages.setCurrentRow(self._page_titles().index(title))

    def sync_autostart(self) -> None:
        """Take over what the desktop says about starting at log-in: its own settings may have changed it."""
        enabled = self._autostart.is_enabled()
        if self.desk.settings.flag(AUTOSTART) != enabled:
            try:
                self._keep(AUTOSTART, enabled)
            except StorageError as error:
                self.messages.show_message(str(error), "warning")

    def apply(self, key: str, value: Any) -> None:
        """Store a setting and do what it stands for; raises `PaperdeskError`."""
        if key == AUTOSTART and value:
            self._autostart.enable(login.launch_command())
        elif key == AUTOSTART:
            self._autostart.disable()
        elif key in MIRRORS:
            self._refuse_taken(key, value)
            self.messages.clear()
        self._keep(key, value)

    def _refuse_taken(self, key: str, keys: str) -> None:
        """Raise `InputError` when these keys already do something in our own window."""
        hotkey = self._commands.find(key)
        owners = self._commands.owners(keys, hotkey) if hotkey else []
        if owners:
            text = tr(
                "{keys} already starts “{action}”. Press other keys, or change that action under Keyboard shortcuts.",
                keys=native_text(keys),
                action=owners[0].title,
            )
            raise InputError(text)

    def _keep(self, key: str, value: Any) -> None:
        settings = self.desk.settings
        if value == settings.option(key).default:
            settings.reset(key)
        else:
            settings.set(key, value)

    def _first_found(self) -> QWidget:
        """Return the field of the first setting found, or the list of pages when nothing is searched."""
        if words_of(self._search.text()):
            for section in self.sections:
                for row in section.rows:
                    if row.isVisible():
                        return row.editor.field if isinstance(row, PreferenceRow) else row.button
        return self._pages

    def _make_sections(self) -> list[Section]:
        groups: dict[str, list[PreferenceRow | LinkRow]] = {}
        for option in self.desk.settings.options:
            if not option.hidden:
                groups.setdefault(option.group, []).append(PreferenceRow(self.desk, option, self.apply))
        for tool in TOOLS:
            if tool.preferences:
                groups.setdefault(tool.title, []).extend(load(tool.preferences)(self.desk))
        theme = self.desk.theme
        sections = [Section(theme, title, rows) for title, rows in groups.items()]
        self._shortcuts_link = LinkRow(theme, SHORTCUTS_PAGE, "", mark("Show"))
        self._shortcuts_link.button.clicked.connect(self._follow_to_shortcuts)
        self._shortcuts_section = Section(theme, SHORTCUTS_PAGE, [self._shortcuts_link])
        return [*sections, self._shortcuts_section, Section(theme, FILES_PAGE, self._file_rows())]

    def _file_rows(self) -> list[LinkRow]:
        paths = self.desk.paths
        places = ((mark("Data"), paths.data), (mark("Settings"), paths.config), (mark("Logs"), paths.logs))
        rows = []
        for title, folder in places:
            row = LinkRow(self.desk.theme, title, str(folder), mark("Open folder"))
            row.button.clicked.connect(lambda _checked=False, folder=folder: self._open(folder))
            rows.append(row)
        return rows

    def _open(self, folder: Path) -> None:
        if not folder.is_dir() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.messages.show_message(
                tr("No program opens folders here. The folder is {path}.", path=folder), "warning"
            )

    def _page_titles(self) -> list[str]:
        return [section.title for section in self.sections]

    def _widest_title(self) -> int:
        return max(self._pages.fontMetrics().horizontalAdvance(tr(title)) for title in self._page_titles())

    def _show_page(self) -> None:
        self._search.clear()
        self._filter()

    def _filter(self) -> None:
        """Show the page that is chosen, or of all pages the rows in which every searched word occurs."""
        self._search_timer.stop()
        words = words_of(self._search.text())
        current = self._pages.currentRow()
        shortcuts_chosen = not words and self._page_titles()[max(current, 0)] == SHORTCUTS_PAGE
        found = False
        self._show_shortcut_matches(words)
        for row, section in enumerate(self.sections):
            visible = section.search(words) and (bool(words) or row == current)
            section.setVisible(visible)
            found = found or visible
        self._nothing.setText(tr("No setting contains “{query}”.", query=self._search.text().strip()))
        page = self.shortcuts if shortcuts_chosen else self._scroll if found else self._nothing
        self._stack.setCurrentWidget(page)

    def _show_shortcut_matches(self, words: list[str]) -> None:
        """Name in the search's result the actions whose shortcut can be changed."""
        titles = self.shortcuts.titles_matching(words) if words else []
        self._shortcuts_link.set_detail(", ".join(titles))

    def _follow_to_shortcuts(self) -> None:
        text = self._search.text()
        found = bool(self.shortcuts.titles_matching(words_of(text)))
        self.show_page(SHORTCUTS_PAGE)
        self.shortcuts.set_filter(text if found else "")

    def _setting_changed(self, key: str) -> None:
        for section in self.sections:
            for row in section.rows:
                if isinstance(row, PreferenceRow) and row.option.key == key:
                    row.refresh()

    def _scrolling_sections(self) -> QScrollArea:
        column = QWidget()
        layout = QVBoxLayout(column)
        space = self.desk.theme.space
        layout.setContentsMargins(space(4), 0, space(12), 0)
        layout.setSpacing(space(8))
        for section in self.sections:
            layout.addWidget(section)
        layout.addStretch(1)
        column.setMaximumWidth(CONTENT_EM * self.fontMetrics().horizontalAdvance("m"))
        area = QScrollArea()
        area.setWidget(column)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _lay_out(self) -> None:
        self._pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = QHBoxLayout()
        row.setSpacing(self.desk.theme.space(16))
        row.addWidget(self._pages)
        row.addWidget(self._stack, 1)
        self.content.addWidget(self._search)
        self.content.addLayout(row, 1)
