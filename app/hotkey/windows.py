"""Windows: RegisterHotKey, whose messages arrive in Qt's stream of native events."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import Structure, c_int, c_size_t, c_uint, c_void_p
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QTimer

from app.core.i18n import tr
from app.hotkey.backend import CAPTURE, HotkeyError, Purpose, taken
from app.hotkey.keys import Chord, parse

_WM_HOTKEY = 0x0312
_NO_REPEAT = 0x4000
_MODIFIERS = {"Alt": 1, "Ctrl": 2, "Shift": 4, "Meta": 8}
_F1, _LAST_FUNCTION_KEY = 0x70, 24
_CODES = {
    "Backspace": 0x08, "CapsLock": 0x14, "Del": 0x2E, "Down": 0x28, "End": 0x23, "Enter": 0x0D, "Esc": 0x1B,
    "Home": 0x24, "Ins": 0x2D, "Left": 0x25, "Menu": 0x5D, "Pause": 0x13, "PgDown": 0x22, "PgUp": 0x21, "Print": 0x2C,
    "Return": 0x0D, "Right": 0x27, "ScrollLock": 0x91, "Space": 0x20, "Tab": 0x09, "Up": 0x26,
}  # fmt: skip


class _Message(Structure):
    _fields_ = [("window", c_void_p), ("message", c_uint), ("identifier", c_size_t)]


class Windows(QAbstractNativeEventFilter):
    """Asks Windows for the key; `user32` is the system's library, or a stand-in for it."""

    name = "windows"

    def __init__(self, user32: Any = None, purpose: Purpose = CAPTURE) -> None:
        super().__init__()
        self._user32, self._number = user32, purpose.number
        self._registered = False

    def is_available(self) -> bool:
        """Say whether this is Windows."""
        return sys.platform == "win32"

    def register(self, keys: str, pressed: Callable[[], None], failed: Callable[[HotkeyError], None]) -> None:
        """Register the keys; see `Backend`."""
        chord = parse(keys)
        self.unregister()
        self._user32 = self._user32 or ctypes.CDLL("user32")
        modifiers = _NO_REPEAT | sum(_MODIFIERS[name] for name in chord.modifiers)
        if not self._user32.RegisterHotKey(None, c_int(self._number), c_uint(modifiers), c_uint(self._code(chord))):
            raise taken(keys)
        self._pressed, self._registered = pressed, True
        QCoreApplication.instance().installNativeEventFilter(self)  # type: ignore[union-attr]

    def unregister(self) -> None:
        """Give the key back."""
        if self._registered:
            self._registered = False
            QCoreApplication.instance().removeNativeEventFilter(self)  # type: ignore[union-attr]
            self._user32.UnregisterHotKey(None, c_int(self._number))

    def nativeEventFilter(  # noqa: N802 - Qt's name
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Notice the message that says our key went down."""
        content = _Message.from_address(int(message))
        if content.message != _WM_HOTKEY or content.identifier != self._number:
            return False, 0
        QTimer.singleShot(0, self._pressed)
        return True, 0

    def _code(self, chord: Chord) -> int:
        """Return the virtual-key code of the chord's key (winuser.h)."""
        if 0 < chord.function_number <= _LAST_FUNCTION_KEY:
            return _F1 + chord.function_number - 1
        if chord.key in _CODES:
            return _CODES[chord.key]
        code = int(self._user32.VkKeyScanW(ord(chord.key[0].lower()))) & 0xFF if len(chord.key) == 1 else 0xFF
        if code == 0xFF:  # noqa: PLR2004 - what VkKeyScan answers for "no such key"
            raise HotkeyError(
                tr("The keyboard has no key for {keys} now. Choose other keys in Settings.", keys=str(chord))
            )
        return code
