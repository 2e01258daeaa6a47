"""One hotkey that works in every program: its keys are a setting, the desktop's way of hearing them is the back-end."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication

from app.core.i18n import tr
from app.hotkey.backend import HotkeyError, HotkeyTakenError
from app.ui.key_edit import KeyEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.hotkey.backend import Backend
    from app.ui.desk import Desk

_log = logging.getLogger(__name__)


class GlobalHotkey(QObject):
    """Registers the keys of a setting, again at each change, and says in a message why that is not possible.

    Args:
        desk: settings and messages.
        key: the setting, keys as Qt writes them, "" for none.
        action: what is shown with the same keys.
        backend: hears the keys.
        parent: the owner.

    """

    pressed = Signal()
    """The keys went down, and not to choose them for something."""

    def __init__(self, desk: Desk, key: str, action: QAction, backend: Backend, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._key, self._action, self._backend = desk, key, action, backend
        self._is_taken = False
        self._unsubscribe = desk.settings.subscribe(self._on_setting)
        QGuiApplication.instance().applicationStateChanged.connect(self._on_state)  # type: ignore[union-attr]
        QTimer.singleShot(0, self, self._register)

    @property
    def keys(self) -> str:
        """The keys of the setting as this platform writes them."""
        return QKeySequence(self._desk.settings.text(self._key)).toString(QKeySequence.SequenceFormat.NativeText)

    def close(self) -> None:
        """Give the keys back."""
        self._unsubscribe()
        self._is_taken = False
        self._backend.unregister()

    def _register(self) -> None:
        keys = self._desk.settings.text(self._key)
        self._action.setShortcut(QKeySequence(keys))
        self._backend.unregister()
        self._is_taken = False
        if not keys:
            return
        try:
            self._listen(keys)
        except HotkeyError as error:
            self._is_taken = isinstance(error, HotkeyTakenError)
            self._on_lost(error)

    def _listen(self, keys: str) -> None:
        self._backend.register(keys, self._on_pressed, self._on_lost)
        _log.info("listening for %s through %s", keys, self._backend.name)

    def _on_pressed(self) -> None:
        """Pass the press on, unless the keys are meant for the field in which the user is choosing keys."""
        field = QApplication.focusWidget()
        if isinstance(field, KeyEdit) and field.is_listening():
            field.press(self._desk.settings.text(self._key))
        else:
            self.pressed.emit()

    def _on_lost(self, error: HotkeyError) -> None:
        _log.warning("no hotkey through %s: %s", self._backend.name, error)
        self._desk.message.emit(str(error), "warning")

    def _on_state(self, state: Qt.ApplicationState) -> None:
        """Ask again for keys that were taken: the user comes back perhaps from the program that had them."""
        if not self._is_taken or state is not Qt.ApplicationState.ApplicationActive:
            return
        try:
            self._listen(self._desk.settings.text(self._key))
        except HotkeyError:
            return
        self._is_taken = False
        self._desk.message.emit(tr("{keys} calls Paperdesk from now on.", keys=self.keys), "success")

    def _on_setting(self, key: str, _value: Any) -> None:
        if key == self._key:
            self._register()
