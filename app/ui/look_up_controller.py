"""From a text that is selected in any program to the tool that looks it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from app.core.i18n import mark, tr
from app.hotkey import choose as hotkey_choice
from app.hotkey.backend import LOOK_UP
from app.ui.global_hotkey import GlobalHotkey

if TYPE_CHECKING:
    from app.hotkey.backend import Backend
    from app.ui.desk import Desk

HOTKEY: Final = "look_up.hotkey"
LONGEST: Final = 2000
"""Characters; nobody means to look up more."""
ACTIVE_WITHIN_MS: Final = 2000
"""A desktop on which only the program in front may read a selection has brought us there by then."""


def selected_text() -> str:
    """Return what is selected anywhere (X11's primary selection); what was copied where there is no such thing."""
    clipboard = QGuiApplication.clipboard()
    mode = QClipboard.Mode.Selection if clipboard.supportsSelection() else QClipboard.Mode.Clipboard
    return " ".join(clipboard.text(mode)[:LONGEST].split())


class LookUpController(QObject):
    """Owns the hotkey, and gives the selected text to `desk.selected`.

    Args:
        desk: everything else there is.
        hotkey: hears the keys; the one of this desktop without it.

    """

    def __init__(self, desk: Desk, hotkey: Backend | None = None) -> None:
        super().__init__(desk)
        self._desk = desk
        self._action = desk.actions.add(
            "look_up.start",
            mark("Look up the selected text"),
            self.start,
            tip=mark("Look up the words that are selected in any program"),
            icon="search",
            group=mark("Collocation"),
        )
        backend = hotkey_choice.choose(purpose=LOOK_UP) if hotkey is None else hotkey
        self._hotkey = GlobalHotkey(desk, HOTKEY, self._action, backend, self)
        self._hotkey.pressed.connect(self.start)
        self._waiting = QTimer(self, singleShot=True, interval=ACTIVE_WITHIN_MS)
        self._waiting.timeout.connect(self._give_up)
        desk.look_up_requested.connect(self.start)
        QGuiApplication.instance().applicationStateChanged.connect(self._on_state)  # type: ignore[union-attr]

    def start(self) -> None:
        """Look up what is selected; where it can be read in front only, come to the front first."""
        if text := selected_text():
            self._desk.selected.emit(text)
            return
        self._desk.selected.emit("")
        self._waiting.start()

    def close(self) -> None:
        """Give the hotkey back."""
        self._waiting.stop()
        self._hotkey.close()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if self._waiting.isActive() and state is Qt.ApplicationState.ApplicationActive and (text := selected_text()):
            self._waiting.stop()
            self._desk.selected.emit(text)

    def _give_up(self) -> None:
        text = tr("Nothing is selected. Select a word, a phrase or a sentence in any program first.")
        self._desk.message.emit(text, "info")
