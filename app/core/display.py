"""Whether there is a screen to open a window on."""

from __future__ import annotations

import os
import socket
import sys
from ctypes import c_char_p, c_int, c_void_p
from pathlib import Path
from typing import Final

from app.core.xcb import library

_SERVED: Final = ("xcb", "wayland")
"""Qt's platforms that need a display server."""
_ANSWER_SECONDS: Final = 2.0


def has_display() -> bool:
    """Tell whether a window can be opened; on Linux an X server or Wayland compositor has to answer.

    Qt ends the process when none does, so it is asked before. Another platform chosen by hand needs none.
    """
    if sys.platform in ("win32", "darwin"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform and not platform.startswith(_SERVED):
        return True
    wayland = bool(os.environ.get("WAYLAND_DISPLAY")) and platform != "xcb" and _wayland_answers()
    return wayland or (bool(os.environ.get("DISPLAY")) and platform != "wayland" and _x_answers())


def _wayland_answers() -> bool:
    """Tell whether a compositor listens at $WAYLAND_DISPLAY, a path or a name in the session's folder."""
    address = Path(os.environ.get("XDG_RUNTIME_DIR", ""), os.environ["WAYLAND_DISPLAY"])
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(_ANSWER_SECONDS)
            connection.connect(str(address))
    except OSError:
        return False
    return True


def _x_answers() -> bool:
    """Tell whether the X server of $DISPLAY lets this user in."""
    try:
        xcb = library()
    except OSError:
        return False
    xcb.xcb_connect.argtypes, xcb.xcb_connect.restype = [c_char_p, c_void_p], c_void_p
    xcb.xcb_connection_has_error.argtypes, xcb.xcb_connection_has_error.restype = [c_void_p], c_int
    xcb.xcb_disconnect.argtypes, xcb.xcb_disconnect.restype = [c_void_p], None
    connection = xcb.xcb_connect(None, None)
    answers = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answers
