"""The few calls of the X protocol that Qt does not offer, through its own C library. Connections come from Qt."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, Structure, c_int, c_uint, c_uint8, c_uint16, c_uint32, c_void_p
from functools import cache

BAD_ACCESS = 10
"""X error: the key is grabbed by another client."""


class Cookie(Structure):
    """What a request returns: the number under which its reply or error comes."""

    _fields_ = [("sequence", c_uint)]


class _Screen(Structure):
    _fields_ = [
        ("root", c_uint32),
        ("default_colormap", c_uint32),
        ("white_pixel", c_uint32),
        ("black_pixel", c_uint32),
        ("current_input_masks", c_uint32),
        ("width", c_uint16),
        ("height", c_uint16),
        ("width_mm", c_uint16),
        ("height_mm", c_uint16),
        ("min_installed_maps", c_uint16),
        ("max_installed_maps", c_uint16),
        ("root_visual", c_uint32),
        ("backing_stores", c_uint8),
        ("save_unders", c_uint8),
        ("root_depth", c_uint8),
        ("allowed_depths_len", c_uint8),
    ]


class _Screens(Structure):
    _fields_ = [("data", POINTER(_Screen)), ("rem", c_int), ("index", c_int)]


class _Error(Structure):
    _fields_ = [("response_type", c_uint8), ("error_code", c_uint8)]


@cache
def library(name: str = "xcb") -> ctypes.CDLL:
    """Load `libxcb` or one of its companions ("shm", "keysyms", "randr", "xkb"); raise OSError when it is missing."""
    version = {"xcb": "libxcb.so.1", "keysyms": "libxcb-keysyms.so.1", "xkb": "libxcb-xkb.so.1"}
    return ctypes.CDLL(version.get(name, f"libxcb-{name}.so.0"))


@cache
def free() -> ctypes._NamedFuncPointer:
    """Return the C library's `free`, which everything that xcb hands out needs."""
    function = ctypes.CDLL(None).free
    function.argtypes, function.restype = [c_void_p], None
    return function


def first_screen(connection: int) -> _Screen:
    """Return the description of the first X screen; modern servers have no other."""
    xcb = library()
    xcb.xcb_get_setup.argtypes, xcb.xcb_get_setup.restype = [c_void_p], c_void_p
    xcb.xcb_setup_roots_iterator.argtypes, xcb.xcb_setup_roots_iterator.restype = [c_void_p], _Screens
    screens: _Screens = xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(connection))
    screen: _Screen = screens.data[0]
    return screen


def error_of(connection: int, cookie: Cookie) -> int:
    """Wait until a checked request is done and return its X error code, 0 when it succeeded."""
    xcb = library()
    xcb.xcb_request_check.argtypes = [c_void_p, Cookie]
    xcb.xcb_request_check.restype = POINTER(_Error)
    error = xcb.xcb_request_check(connection, cookie)
    if not error:
        return 0
    code = int(error.contents.error_code)
    free()(error)
    return code
