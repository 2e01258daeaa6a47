"""The icon in the tray: capture, show, quit, and messages while the window is not to be seen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.core.i18n import tr
from app.ui.icons import app_icon, icon

if TYPE_CHECKING:
    from app.ui.desk import Desk

SHOWN_MS: Final = 6000
_ICONS: Final = {
    "warning": QSystemTrayIcon.MessageIcon.Warning,
    "error": QSystemTrayIcon.MessageIcon.Critical,
}


def has_tray() -> bool:
    """Say whether the desktop shows tray icons."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """Keeps the icon and its menu.

    Args:
        desk: for the capture and the language.
        parent: the owner.

    """

    shown = Signal()
    """The user wants the window."""
    ended = Signal()
    """The user wants to quit."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._menu = QMenu()
        self.capture = QAction(icon("capture"), "", self)
        self.show_window = QAction(icon("window"), "", self)
        self.quit = QAction(icon("quit"), "", self)
        self._menu.addAction(self.capture)
        self._menu.addAction(self.show_window)
        self._menu.addSeparator()
        self._menu.addAction(self.quit)
        self.capture.triggered.connect(desk.capture_requested)
        self.show_window.triggered.connect(self.shown)
        self.quit.triggered.connect(self.ended)
        self.icon = QSystemTrayIcon(app_icon(), self)
        self.icon.setContextMenu(self._menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(self.shown)
        desk.language_changed.connect(self.retranslate)
        self.retranslate()
        self.icon.show()

    def say(self, text: str, kind: str) -> None:
        """Show a message at the icon."""
        picture = _ICONS.get(kind, QSystemTrayIcon.MessageIcon.Information)
        self.icon.showMessage("Paperdesk", text, picture, SHOWN_MS)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.capture.setText(tr("Capture"))
        self.show_window.setText(tr("Show Paperdesk"))
        self.quit.setText(tr("Quit"))
        self.icon.setToolTip("Paperdesk")

    def close(self) -> None:
        """Take the icon away."""
        self.icon.hide()
        self._menu.deleteLater()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """Show the window at a click, except on macOS, where a click opens the menu."""
        clicks = (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick)
        if reason in clicks and sys.platform != "darwin":
            self.shown.emit()
