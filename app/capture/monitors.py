"""The exact pixel rectangles of the monitors of an X server (RandR 1.5), which logical sizes only give rounded."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, Structure, c_int, c_int16, c_uint8, c_uint16, c_uint32, c_void_p
from functools import cache

from app.capture.geometry import Rect
from app.core import xcb


class _Monitor(Structure):
    _fields_ = [
        ("name", c_uint32),
        ("primary", c_uint8),
        ("automatic", c_uint8),
        ("outputs", c_uint16),
        ("x", c_int16),
        ("y", c_int16),
        ("width", c_uint16),
        ("height", c_uint16),
    ]


class _Monitors(Structure):
    _fields_ = [("data", POINTER(_Monitor)), ("rem", c_int), ("index", c_int)]


@cache
def _randr() -> ctypes.CDLL:
    randr = xcb.library("randr")
    randr.xcb_randr_get_monitors.argtypes = [c_void_p, c_uint32, c_uint8]
    randr.xcb_randr_get_monitors.restype = xcb.Cookie
    randr.xcb_randr_get_monitors_reply.argtypes = [c_void_p, xcb.Cookie, c_void_p]
    randr.xcb_randr_get_monitors_reply.restype = c_void_p
    randr.xcb_randr_get_monitors_monitors_iterator.argtypes = [c_void_p]
    randr.xcb_randr_get_monitors_monitors_iterator.restype = _Monitors
    randr.xcb_randr_monitor_info_next.argtypes = [POINTER(_Monitors)]
    return randr


def monitors(connection: int, root: int) -> list[Rect]:
    """Return the pixels of each active monitor on the root window; none when the server has no RandR 1.5."""
    randr = _randr()
    cookie = randr.xcb_randr_get_monitors(connection, root, True)
    reply = randr.xcb_randr_get_monitors_reply(connection, cookie, None)
    if not reply:
        return []
    rows = randr.xcb_randr_get_monitors_monitors_iterator(reply)
    found: list[Rect] = []
    while rows.rem > 0:
        row = rows.data.contents
        found.append(Rect(row.x, row.y, row.width, row.height))
        randr.xcb_randr_monitor_info_next(ctypes.byref(rows))
    xcb.free()(reply)
    return found
