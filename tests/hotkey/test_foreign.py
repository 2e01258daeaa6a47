"""The calls made to Windows and macOS, received by stand-ins for their libraries; and what is said elsewhere."""

from __future__ import annotations

import ctypes
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.hotkey.backend import CAPTURE, LOOK_UP, HotkeyError, HotkeyTakenError
from app.hotkey.choose import choose
from app.hotkey.macos import MacOS
from app.hotkey.none import NoHotkey
from app.hotkey.windows import Windows

CONTROL_ALT_NO_REPEAT = 0x4003
CONTROL_COMMAND = 0x1100
NOT_HANDLED = -9874


class User32:
    """Registers one key, unless it is taken."""

    def __init__(self, *, taken: bool = False) -> None:
        self.taken = taken
        self.registered: tuple[int, int] | None = None

    def RegisterHotKey(self, _window: None, _number: Any, modifiers: Any, key: Any) -> int:  # noqa: N802
        self.registered = None if self.taken else (modifiers.value, key.value)
        return 0 if self.taken else 1

    def UnregisterHotKey(self, _window: None, _number: Any) -> int:  # noqa: N802
        self.registered = None
        return 1

    def VkKeyScanW(self, character: int) -> int:  # noqa: N802
        return ord(chr(character).upper()) if character < 128 else -1


class Carbon:
    """Registers one key, unless it is taken, and keeps the handler that is to be called."""

    def __init__(self, *, taken: bool = False) -> None:
        self.taken = taken
        self.registered: tuple[int, int] | None = None
        self.handler: Any = None

    def GetApplicationEventTarget(self) -> int:  # noqa: N802
        return 7

    def InstallEventHandler(self, *arguments: Any) -> int:  # noqa: N802
        self.handler = arguments[1]
        arguments[5]._obj.value = 1
        return 0

    def RegisterEventHotKey(self, code: int, modifiers: int, *others: Any) -> int:  # noqa: N802
        if self.taken:
            return -9878
        self.registered = (code, modifiers)
        others[3]._obj.value = 2
        return 0

    def GetEventParameter(self, event: int, *arguments: Any) -> int:  # noqa: N802
        arguments[5]._obj.number = event
        return 0

    def UnregisterEventHotKey(self, _hotkey: Any) -> int:  # noqa: N802
        self.registered = None
        return 0

    def RemoveEventHandler(self, _handler: Any) -> int:  # noqa: N802
        self.handler = None
        return 0


def windows_message(number: int, identifier: int) -> int:
    class Message(ctypes.Structure):
        _fields_ = [("window", ctypes.c_void_p), ("message", ctypes.c_uint), ("identifier", ctypes.c_size_t)]

    content = Message(None, number, identifier)
    windows_message.kept = content  # type: ignore[attr-defined]
    return ctypes.addressof(content)


def test_windows_registers_hears_and_gives_back(qtbot: QtBot) -> None:
    user32, heard = User32(), list[str]()
    hotkey = Windows(user32)
    hotkey.register("Ctrl+Alt+M", lambda: heard.append("pressed"), lambda error: heard.append(str(error)))
    assert user32.registered == (CONTROL_ALT_NO_REPEAT, ord("M"))
    assert hotkey.nativeEventFilter(b"windows_dispatcher_MSG", windows_message(0x0312, 1)) == (True, 0)
    assert hotkey.nativeEventFilter(b"windows_dispatcher_MSG", windows_message(0x0100, 1)) == (False, 0)
    other = Windows(User32(), LOOK_UP)
    assert other.nativeEventFilter(b"windows_dispatcher_MSG", windows_message(0x0312, CAPTURE.number)) == (False, 0)
    qtbot.waitUntil(lambda: heard == ["pressed"])
    hotkey.unregister()
    assert user32.registered is None


def test_windows_names_a_taken_key(qtbot: QtBot) -> None:
    with pytest.raises(HotkeyTakenError, match=r"Ctrl\+Alt\+M.*Settings"):
        Windows(User32(taken=True)).register("Ctrl+Alt+M", lambda: None, lambda error: None)


@pytest.mark.parametrize(("keys", "code"), [("F5", 0x74), ("Print", 0x2C), ("Ctrl+7", 0x37)])
def test_windows_key_codes(qtbot: QtBot, keys: str, code: int) -> None:
    user32 = User32()
    hotkey = Windows(user32)
    hotkey.register(keys, lambda: None, lambda error: None)
    assert user32.registered is not None
    assert user32.registered[1] == code
    hotkey.unregister()


def test_windows_names_a_key_the_keyboard_has_not(qtbot: QtBot) -> None:
    with pytest.raises(HotkeyError, match="no key"):
        Windows(User32()).register("Ctrl+Ж", lambda: None, lambda error: None)


def test_macos_registers_hears_and_gives_back(qtbot: QtBot) -> None:
    carbon, heard = Carbon(), list[str]()
    hotkey = MacOS(carbon)
    hotkey.register("Meta+Ctrl+M", lambda: heard.append("pressed"), lambda error: heard.append(str(error)))
    assert carbon.registered == (46, CONTROL_COMMAND)
    assert carbon.handler(None, LOOK_UP.number, None) == NOT_HANDLED
    assert carbon.handler(None, CAPTURE.number, None) == 0
    qtbot.waitUntil(lambda: heard == ["pressed"])
    hotkey.unregister()
    assert carbon.registered is None
    assert carbon.handler is None


def test_macos_names_a_taken_key_and_leaves_nothing_behind(qtbot: QtBot) -> None:
    carbon = Carbon(taken=True)
    with pytest.raises(HotkeyTakenError, match="Settings"):
        MacOS(carbon).register("Meta+Ctrl+M", lambda: None, lambda error: None)
    assert carbon.handler is None


def test_without_a_desktop_that_has_hotkeys_the_command_is_named() -> None:
    hotkey = choose({"WAYLAND_DISPLAY": "wayland-0"})
    assert hotkey.name in ("portal", "none")
    with pytest.raises(HotkeyError, match="paperdesk capture"):
        NoHotkey().register("Ctrl+Alt+M", lambda: None, lambda error: None)
    with pytest.raises(HotkeyError, match="paperdesk look-up"):
        NoHotkey(LOOK_UP).register("Ctrl+Alt+W", lambda: None, lambda error: None)
    NoHotkey().unregister()
