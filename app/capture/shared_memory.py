"""A piece of memory that the X server writes pictures into (MIT-SHM): no copy, and no new pages at every grab."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, c_int, c_int16, c_size_t, c_uint8, c_uint16, c_uint32, c_void_p
from functools import cache

from app.capture.geometry import Size
from app.core import xcb

_PRIVATE, _CREATE_FOR_ME, _REMOVE = 0, 0o1600, 0
_ALL_PLANES, _Z_PIXMAP = 0xFFFFFFFF, 2
_FAILED = ctypes.c_void_p(-1).value


@cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.shmget.argtypes = [c_int, c_size_t, c_int]
    libc.shmat.argtypes, libc.shmat.restype = [c_int, c_void_p, c_int], c_void_p
    libc.shmdt.argtypes = [c_void_p]
    libc.shmctl.argtypes = [c_int, c_int, c_void_p]
    return libc


@cache
def _shm() -> ctypes.CDLL:
    core, shm = xcb.library(), xcb.library("shm")
    core.xcb_generate_id.argtypes, core.xcb_generate_id.restype = [c_void_p], c_uint32
    shm.xcb_shm_attach_checked.argtypes = [c_void_p, c_uint32, c_uint32, c_uint8]
    shm.xcb_shm_attach_checked.restype = xcb.Cookie
    shm.xcb_shm_detach_checked.argtypes, shm.xcb_shm_detach_checked.restype = [c_void_p, c_uint32], xcb.Cookie
    place = [c_int16, c_int16, c_uint16, c_uint16]
    shm.xcb_shm_get_image.argtypes = [c_void_p, c_uint32, *place, c_uint32, c_uint8, c_uint32, c_uint32]
    shm.xcb_shm_get_image.restype = xcb.Cookie
    shm.xcb_shm_get_image_reply.argtypes = [c_void_p, xcb.Cookie, POINTER(c_void_p)]
    shm.xcb_shm_get_image_reply.restype = c_void_p
    return shm


class SharedMemory:
    """Memory for a picture of `size` pixels, four bytes each, known to the X server behind `connection`.

    Raises OSError when there is no such memory or the server runs on another machine.
    """

    def __init__(self, connection: int, size: Size) -> None:
        self.size = size
        self._connection = connection
        bytes_needed = size.width * size.height * 4
        identifier = _libc().shmget(_PRIVATE, bytes_needed, _CREATE_FOR_ME)
        if identifier < 0:
            raise OSError(ctypes.get_errno(), "shmget")
        address = _libc().shmat(identifier, None, 0)
        refused = address == _FAILED or not self._attach(identifier)
        _libc().shmctl(identifier, _REMOVE, None)
        if refused:
            self._unmap(address)
            raise OSError("the X server cannot share memory with this program")
        self._address: int = address
        self.pixels = memoryview((ctypes.c_char * bytes_needed).from_address(address)).cast("B")

    def read(self, window: int) -> bool:
        """Fill the memory with what the window shows at its top left; False when the server refuses."""
        shm, error = _shm(), c_void_p()
        whole = (0, 0, self.size.width, self.size.height)
        cookie = shm.xcb_shm_get_image(self._connection, window, *whole, _ALL_PLANES, _Z_PIXMAP, self._segment, 0)
        reply = shm.xcb_shm_get_image_reply(self._connection, cookie, ctypes.byref(error))
        xcb.free()(reply or error.value)
        return bool(reply)

    def close(self) -> None:
        """Give the memory back. Pictures made of it must not be touched any more."""
        xcb.error_of(self._connection, _shm().xcb_shm_detach_checked(self._connection, self._segment))
        self.pixels.release()
        self._unmap(self._address)

    def _attach(self, identifier: int) -> bool:
        shm = _shm()
        self._segment = int(xcb.library().xcb_generate_id(self._connection))
        return (
            xcb.error_of(self._connection, shm.xcb_shm_attach_checked(self._connection, self._segment, identifier, 0))
            == 0
        )

    @staticmethod
    def _unmap(address: int) -> None:
        if address != _FAILED:
            _libc().shmdt(address)
