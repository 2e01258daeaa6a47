"""The two things Qt does not do: lifting a window above the menu bar of macOS, and giving the focus back."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import c_char_p, c_long, c_void_p

_ABOVE_MENU_BAR = 25
"""NSStatusWindowLevel; the menu bar is at 24."""


def lift_above_menu_bar(view: int) -> None:
    """Raise the window of an NSView above the menu bar and the Dock."""
    window = _send(c_void_p)(view, _selector("window"))
    _send(None, c_long)(window, _selector("setLevel:"), _ABOVE_MENU_BAR)


def remember_focus() -> Callable[[], None]:
    """Return what gives the focus back to the window or program that has it now.

    Elsewhere the focus never moves (X11: only the keyboard is grabbed) or the desktop returns it itself (Wayland).
    """
    if sys.platform == "win32":
        user32 = ctypes.CDLL("user32")
        user32.GetForegroundWindow.restype = c_void_p
        window = user32.GetForegroundWindow()
        return lambda: user32.SetForegroundWindow(c_void_p(window))
    if sys.platform == "darwin":
        workspace = _send(c_void_p)(_class("NSWorkspace"), _selector("sharedWorkspace"))
        program = _send(c_void_p)(workspace, _selector("frontmostApplication"))
        return lambda: _send(None, c_long)(program, _selector("activateWithOptions:"), 0)
    return _nothing


def _nothing() -> None:
    """Leave the focus where it is."""


def _objc() -> ctypes.CDLL:
    library = ctypes.CDLL("/usr/lib/libobjc.dylib")
    library.objc_getClass.argtypes, library.objc_getClass.restype = [c_char_p], c_void_p
    library.sel_registerName.argtypes, library.sel_registerName.restype = [c_char_p], c_void_p
    return library


def _class(name: str) -> int:
    return int(_objc().objc_getClass(name.encode()))


def _selector(name: str) -> int:
    return int(_objc().sel_registerName(name.encode()))


def _send(result: type[c_void_p] | None, *arguments: type[c_long]) -> Callable[..., int]:
    prototype = ctypes.CFUNCTYPE(result, c_void_p, c_void_p, *arguments)
    return prototype(("objc_msgSend", _objc()))
