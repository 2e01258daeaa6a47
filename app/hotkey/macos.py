"""macOS: Carbon's RegisterEventHotKey, which needs no permission and takes the key from everybody else."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_int32, c_uint32, c_ulong, c_void_p, sizeof
from typing import Any

from PySide6.QtCore import QTimer

from app.core.i18n import tr
from app.hotkey.backend import CAPTURE, HotkeyError, Purpose, taken
from app.hotkey.keys import Chord, parse

_CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"
_KEYBOARD_CLASS, _HOTKEY_PRESSED = int.from_bytes(b"keyb", "big"), 5
_SIGNATURE = int.from_bytes(b"Pdsk", "big")
_DIRECT_OBJECT, _HOTKEY_IDENTIFIER = int.from_bytes(b"----", "big"), int.from_bytes(b"hkid", "big")
_NOT_HANDLED = -9874
"""eventNotHandledErr: other handlers are asked; each of our hotkeys has one."""
_MODIFIERS = {"Ctrl": 0x0100, "Shift": 0x0200, "Alt": 0x0800, "Meta": 0x1000}
"""Carbon's bits; Qt's Ctrl is the Command key here and its Meta the Control key."""
_LETTERS = {
    key: code
    for row in (
        "A0 S1 D2 F3 H4 G5 Z6 X7 C8 V9 B11 Q12 W13 E14 R15 Y16 T17 O31 U32 I34 P35 L37 J38 K40 N45 M46",
        "118 219 320 421 623 522 925 726 828 029",
        "=24 -27 ]30 [33 '39 ;41 \\42 ,43 /44 .47 `50",
    )
    for key, code in ((entry[0], int(entry[1:])) for entry in row.split())
}
"""Places on an ANSI keyboard (HIToolbox, Events.h)."""
_CODES = {
    **_LETTERS, "Backspace": 51, "Del": 117, "Down": 125, "End": 119, "Enter": 76, "Esc": 53, "Home": 115, "Ins": 114,
    "Left": 123, "PgDown": 121, "PgUp": 116, "Return": 36, "Right": 124, "Space": 49, "Tab": 48, "Up": 126,
}  # fmt: skip
_FUNCTION_KEYS = (122, 120, 99, 118, 96, 97, 98, 100, 101, 109, 103, 111, 105, 107, 113, 106, 64, 79, 80, 90)

_Handler = CFUNCTYPE(c_int32, c_void_p, c_void_p, c_void_p)


class _EventType(Structure):
    _fields_ = [("event_class", c_uint32), ("event_kind", c_uint32)]


class _Identifier(Structure):
    _fields_ = [("signature", c_uint32), ("number", c_uint32)]


class MacOS:
    """Asks Carbon for the key; `carbon` is the system's library, or a stand-in for it."""

    name = "macos"

    def __init__(self, carbon: Any = None, purpose: Purpose = CAPTURE) -> None:
        self._carbon, self._number = carbon, purpose.number
        self._hotkey = c_void_p()
        self._handler_ref = c_void_p()
        self._handler = _Handler(self._on_event)

    def is_available(self) -> bool:
        """Say whether this is macOS."""
        return sys.platform == "darwin"

    def register(self, keys: str, pressed: Callable[[], None], failed: Callable[[HotkeyError], None]) -> None:
        """Register the keys; see `Backend`."""
        chord = parse(keys)
        code, modifiers = key_code(chord), sum(_MODIFIERS[name] for name in chord.modifiers)
        self.unregister()
        self._pressed = pressed
        self._carbon = self._carbon or _load()
        target = self._carbon.GetApplicationEventTarget()
        kind = _EventType(_KEYBOARD_CLASS, _HOTKEY_PRESSED)
        self._carbon.InstallEventHandler(target, self._handler, 1, byref(kind), None, byref(self._handler_ref))
        name = _Identifier(_SIGNATURE, self._number)
        if self._carbon.RegisterEventHotKey(code, modifiers, name, target, 0, byref(self._hotkey)) != 0:
            self.unregister()
            raise taken(keys)

    def unregister(self) -> None:
        """Give the key back."""
        if self._hotkey:
            self._carbon.UnregisterEventHotKey(self._hotkey)
            self._hotkey = c_void_p()
        if self._handler_ref:
            self._carbon.RemoveEventHandler(self._handler_ref)
            self._handler_ref = c_void_p()

    def _on_event(self, _next: int | None, event: int | None, _data: int | None) -> int:
        name = _Identifier()
        self._carbon.GetEventParameter(event, _DIRECT_OBJECT, _HOTKEY_IDENTIFIER, None, sizeof(name), None, byref(name))
        if name.number != self._number:
            return _NOT_HANDLED
        QTimer.singleShot(0, self._pressed)
        return 0


def key_code(chord: Chord) -> int:
    """Return the code of the chord's key on an Apple keyboard; raise `HotkeyError` when it has none."""
    if 0 < chord.function_number <= len(_FUNCTION_KEYS):
        return _FUNCTION_KEYS[chord.function_number - 1]
    if chord.key not in _CODES:
        raise HotkeyError(tr("The keyboard has no key for {keys} now. Choose other keys in Settings.", keys=str(chord)))
    return _CODES[chord.key]


def _load() -> ctypes.CDLL:
    carbon = ctypes.CDLL(_CARBON)
    carbon.GetApplicationEventTarget.restype = c_void_p
    carbon.InstallEventHandler.argtypes = [
        c_void_p, _Handler, c_ulong, POINTER(_EventType), c_void_p, POINTER(c_void_p),
    ]  # fmt: skip
    carbon.RegisterEventHotKey.argtypes = [c_uint32, c_uint32, _Identifier, c_void_p, c_uint32, POINTER(c_void_p)]
    carbon.GetEventParameter.argtypes = [
        c_void_p, c_uint32, c_uint32, c_void_p, c_ulong, c_void_p, POINTER(_Identifier),
    ]  # fmt: skip
    carbon.UnregisterEventHotKey.argtypes = [c_void_p]
    carbon.RemoveEventHandler.argtypes = [c_void_p]
    return carbon
