"""Looks at the pixels of a display as they are on the screen, through a connection of its own."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, c_char_p, c_int16, c_uint8, c_uint16, c_uint32, c_void_p

from PySide6.QtGui import QImage

from app.core import xcb

_EVERY_PLANE, _Z_PIXMAP, _BYTES = 0xFFFFFFFF, 2, 4


class XEye:
    """Sees what the root window of a display shows."""

    def __init__(self, display: str) -> None:
        self._xcb = _library()
        self._connection = self._xcb.xcb_connect(display.encode(), None)
        self._screen = xcb.first_screen(self._connection)

    def close(self) -> None:
        self._xcb.xcb_disconnect(self._connection)

    def pixel(self, x: int, y: int) -> int:
        """Return the colour of a pixel, 0xRRGGBB."""
        return int.from_bytes(self._read(x, y, 1, 1)[:3], "little")

    def picture(self) -> QImage:
        """Return the whole screen."""
        width, height = self._screen.width, self._screen.height
        data = self._read(0, 0, width, height)
        return QImage(data, width, height, width * _BYTES, QImage.Format.Format_RGB32).copy()

    def _read(self, x: int, y: int, width: int, height: int) -> bytes:
        place = (x, y, width, height)
        cookie = self._xcb.xcb_get_image(self._connection, _Z_PIXMAP, self._screen.root, *place, _EVERY_PLANE)
        reply = self._xcb.xcb_get_image_reply(self._connection, cookie, None)
        data = ctypes.string_at(self._xcb.xcb_get_image_data(reply), width * height * _BYTES)
        xcb.free()(reply)
        return data


@contextmanager
def looking_at(display: str) -> Iterator[XEye]:
    """Open an eye and close it again."""
    eye = XEye(display)
    try:
        yield eye
    finally:
        eye.close()


def _library() -> ctypes.CDLL:
    core = xcb.library()
    core.xcb_connect.argtypes, core.xcb_connect.restype = [c_char_p, c_void_p], c_void_p
    core.xcb_disconnect.argtypes = [c_void_p]
    place = [c_int16, c_int16, c_uint16, c_uint16]
    core.xcb_get_image.argtypes = [c_void_p, c_uint8, c_uint32, *place, c_uint32]
    core.xcb_get_image.restype = xcb.Cookie
    core.xcb_get_image_reply.argtypes, core.xcb_get_image_reply.restype = [c_void_p, xcb.Cookie, c_void_p], c_void_p
    core.xcb_get_image_data.argtypes, core.xcb_get_image_data.restype = [c_void_p], POINTER(c_uint8)
    return core
