"""The list of tools at the left, history and settings at its foot; only icons when the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.core.i18n import tr
from app.ui.actions import tool_tip
from app.ui.icons import icon

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.pages import Page

WIDE: Final = 176
NARROW: Final = 52
ICON: Final = 20


class Sidebar(QFrame):
    """One button a page.

    Args:
        desk: gives theme and actions; the action of a page is called "go.<key>".
        tools: at the top.
        foot: at the foot.
        parent: the owner.

    """

    chosen = Signal(str)
    """The key of the page that is to be shown."""
    entered = Signal()
    """The keyboard is to go on into the page."""

    def __init__(self, desk: Desk, tools: Sequence[Page], foot: Sequence[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self._desk = desk
        self._pages = {page.key: page for page in (*tools, *foot)}
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        space = desk.theme.space
        column = QVBoxLayout(self)
        column.setContentsMargins(space(8), space(12), space(8), space(12))
        column.setSpacing(space(4))
        for page in tools:
            column.addWidget(self._make_button(page))
        column.addStretch(1)
        for page in foot:
            column.addWidget(self._make_button(page))
        self._collapsed = True
        self.set_collapsed(False)
        desk.actions.changed.connect(self._write_tips)
        self.retranslate()

    @property
    def is_collapsed(self) -> bool:
        """Whether only the icons are shown."""
        return self._collapsed

    def set_collapsed(self, collapsed: bool) -> None:
        """Show only icons, or icons with names."""
        if collapsed == self._collapsed:
            return
        self._collapsed = collapsed
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if collapsed else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in self._buttons.values():
            button.setToolButtonStyle(style)
        self.setFixedWidth(self._desk.theme.space(NARROW if collapsed else WIDE))

    def mark_page(self, key: str) -> None:
        """Show which page is in front."""
        self._buttons[key].setChecked(True)

    def focus_page(self, key: str) -> None:
        """Put the keyboard on a button."""
        self._buttons[key].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def button(self, key: str) -> QToolButton:
        """Return the button of a page."""
        return self._buttons[key]

    def retranslate(self) -> None:
        """Write the names in the current language."""
        self.setAccessibleName(tr("Tools"))
        for key, button in self._buttons.items():
            button.setText(tr(self._pages[key].title))
            button.setAccessibleName(tr(self._pages[key].title))
        self._write_tips()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move up and down with the arrows, into the page with Enter or Right."""
        keys = list(self._buttons)
        here = next((key for key, button in self._buttons.items() if button.hasFocus()), None)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if here is not None and event.key() in steps:
            key = keys[(keys.index(here) + steps[Qt.Key(event.key())]) % len(keys)]
            self.focus_page(key)
            self.chosen.emit(key)
        elif here is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.chosen.emit(here)
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _make_button(self, page: Page) -> QToolButton:
        button = _NavigationButton()
        button.setCheckable(True)
        button.setProperty("place", "sidebar")
        side = self._desk.theme.space(ICON)
        button.setIconSize(QSize(side, side))
        button.setIcon(icon(page.icon, "text_muted", checked="accent"))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False, key=page.key: self.chosen.emit(key))
        button.clicked.connect(self.entered)
        self._group.addButton(button)
        self._buttons[page.key] = button
        return button

    def _write_tips(self) -> None:
        tips = {entry.id: tool_tip(entry) for entry in self._desk.actions.all()}
        for key, button in self._buttons.items():
            button.setToolTip(tips.get(f"go.{key}", ""))


class _NavigationButton(QToolButton):
    """Leaves the arrow keys to the sidebar, for which up and down are the only ways."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Pass the arrows on."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)
