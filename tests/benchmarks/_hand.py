"""A hand on the keyboard and mouse of a display (XTest), fast enough to be timed, and eyes on its pixels."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import c_char_p, c_int, c_uint32, c_ulong, c_void_p

from tests.e2e.x_eye import XEye

Place = tuple[int, int]
TIMEOUT_S = 20.0
_KEYS = (37, 64, 58)
"""Control, Alt and M on the keyboard of a new X server."""
_LEFT_BUTTON, _NO_DELAY = 1, 0
_POLL_S = 0.0005
REST_S = 0.4
"""Pressed sooner after its release, the program rightly takes the key for one that is held and repeats."""


class Hand:
    """Presses keys and buttons. All times are of the one monotonic clock of the machine, in seconds."""

    def __init__(self, display: str) -> None:
        self._x11, self._xtest = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.argtypes, self._x11.XOpenDisplay.restype = [c_char_p], c_void_p
        self._x11.XInternAtom.argtypes, self._x11.XInternAtom.restype = [c_void_p, c_char_p, c_int], c_ulong
        self._x11.XGetSelectionOwner.argtypes, self._x11.XGetSelectionOwner.restype = [c_void_p, c_ulong], c_ulong
        for function in (self._x11.XFlush, self._x11.XCloseDisplay):
            function.argtypes = [c_void_p]
        for function in (self._xtest.XTestFakeKeyEvent, self._xtest.XTestFakeButtonEvent):
            function.argtypes = [c_void_p, c_uint32, c_int, c_ulong]
        self._xtest.XTestFakeMotionEvent.argtypes = [c_void_p, c_int, c_int, c_int, c_ulong]
        self._display = self._x11.XOpenDisplay(display.encode())
        self._clipboard = self._x11.XInternAtom(self._display, b"CLIPBOARD", False)
        self.eye = XEye(display)

    def close(self) -> None:
        self._x11.XCloseDisplay(self._display)
        self.eye.close()

    def press_hotkey(self) -> float:
        """Rest as every hand does, press the keys, and return when the last of them went down."""
        threading.Event().wait(REST_S)
        *modifiers, last = _KEYS
        for key in modifiers:
            self._xtest.XTestFakeKeyEvent(self._display, key, True, _NO_DELAY)
        self._x11.XFlush(self._display)
        begun = time.monotonic()
        self._xtest.XTestFakeKeyEvent(self._display, last, True, _NO_DELAY)
        self._x11.XFlush(self._display)
        for key in reversed(_KEYS):
            self._xtest.XTestFakeKeyEvent(self._display, key, False, _NO_DELAY)
        self._x11.XFlush(self._display)
        return begun

    def drag(self, start: Place, end: Place, watched: Place, colour: int) -> float:
        """Drag with the left button, see a chosen place in its own colour, let go and return when that was."""
        self.move(start)
        self._xtest.XTestFakeButtonEvent(self._display, _LEFT_BUTTON, True, _NO_DELAY)
        self.move(end)
        self.wait_for_colour(watched, colour)
        begun = time.monotonic()
        self._xtest.XTestFakeButtonEvent(self._display, _LEFT_BUTTON, False, _NO_DELAY)
        self._x11.XFlush(self._display)
        return begun

    def move(self, place: Place) -> None:
        """Move the pointer."""
        self._xtest.XTestFakeMotionEvent(self._display, 0, *place, _NO_DELAY)
        self._x11.XFlush(self._display)

    def clipboard_owner(self) -> int:
        """Return the window that has copied last."""
        return int(self._x11.XGetSelectionOwner(self._display, self._clipboard))

    def wait_for_colour(self, place: Place, colour: int) -> float:
        """Wait until a pixel has the colour and return when that was seen."""
        return wait(lambda: self.eye.pixel(*place) == colour)

    def wait_for_change(self, place: Place, colour: int) -> float:
        """Wait until a pixel has another colour and return when that was seen."""
        return wait(lambda: self.eye.pixel(*place) != colour)


@contextmanager
def hand_on(display: str) -> Iterator[Hand]:
    """Lay a hand on the display."""
    hand = Hand(display)
    try:
        yield hand
    finally:
        hand.close()


def wait(condition: Callable[[], bool]) -> float:
    """Look twice a millisecond until the condition holds and return when that was."""
    pause, deadline = threading.Event(), time.monotonic() + TIMEOUT_S
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        pause.wait(_POLL_S)
    return time.monotonic()
