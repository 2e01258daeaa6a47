"""How long a capture takes: from the key to the picture on the screen, from letting go to the cut-out pixels.

Run it as `python -m tests.benchmarks.capture`. A real X server without a monitor, a real key press (XTest), and the
pixels of the real screen: a capture counts as painted when a pixel that was light is seen to be dark. All times are of
the one monotonic clock of the machine.
"""

from __future__ import annotations

import ctypes
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, c_char_p, c_int, c_int16, c_uint8, c_uint16, c_uint32, c_ulong, c_void_p
from dataclasses import asdict, dataclass

from app.core import xcb
from tests.e2e.pattern_program import pattern
from tests.e2e.virtual_screens import Program, environment, x_server

SIZES = {"1080p": "1920x1080", "4K": "3840x2160"}
GOALS_MS = {"1080p": 80.0, "4K": 160.0}
GOAL_CROP_MS = 20.0
ROUNDS = 15
_KEYS = (37, 64, 58)
"""Control, Alt and M on the keyboard of a new X server."""
_LEFT_BUTTON, _NO_DELAY = 1, 0
AWAY, INSIDE = (1200, 900), (500, 260)
"""Places that are watched: one far from what is chosen, one in it."""
START, END = (300, 200), (700, 320)
_POLL_S = 0.0005
_TIMEOUT_S = 5.0


@dataclass
class Figures:
    """Milliseconds of one screen size; the first capture is counted apart, it makes the windows."""

    first_key_to_overlay: float
    key_to_overlay: float
    slowest_key_to_overlay: float
    release_to_crop: float
    slowest_release_to_crop: float


class Hand:
    """Presses keys and buttons on a display and looks at its pixels."""

    def __init__(self, display: str) -> None:
        self._x11, self._xtest, self._xcb = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6"), _pixels()
        self._x11.XOpenDisplay.argtypes, self._x11.XOpenDisplay.restype = [c_char_p], c_void_p
        for function in (self._x11.XFlush, self._x11.XCloseDisplay):
            function.argtypes = [c_void_p]
        for function in (self._xtest.XTestFakeKeyEvent, self._xtest.XTestFakeButtonEvent):
            function.argtypes = [c_void_p, c_uint32, c_int, c_ulong]
        self._xtest.XTestFakeMotionEvent.argtypes = [c_void_p, c_int, c_int, c_int, c_ulong]
        self._display = self._x11.XOpenDisplay(display.encode())
        self._connection = self._xcb.xcb_connect(display.encode(), None)
        self._root = xcb.first_screen(self._connection).root

    def close(self) -> None:
        self._x11.XCloseDisplay(self._display)
        self._xcb.xcb_disconnect(self._connection)

    def press_hotkey(self) -> float:
        """Press the keys and return when the last of them went down."""
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

    def drag(self, colour: int) -> float:
        """Drag with the left button, see what is chosen in its own colour, let go and return when that was."""
        self._move(START)
        self._xtest.XTestFakeButtonEvent(self._display, _LEFT_BUTTON, True, _NO_DELAY)
        self._move(END)
        self.wait_until(colour, INSIDE)
        begun = time.monotonic()
        self._xtest.XTestFakeButtonEvent(self._display, _LEFT_BUTTON, False, _NO_DELAY)
        self._x11.XFlush(self._display)
        return begun

    def _move(self, place: tuple[int, int]) -> None:
        self._xtest.XTestFakeMotionEvent(self._display, 0, *place, _NO_DELAY)
        self._x11.XFlush(self._display)

    def pixel(self, place: tuple[int, int] = AWAY) -> int:
        """Return the colour that the screen shows at a place."""
        every_plane, z_pixmap = 0xFFFFFFFF, 2
        cookie = self._xcb.xcb_get_image(self._connection, z_pixmap, self._root, *place, 1, 1, every_plane)
        reply = self._xcb.xcb_get_image_reply(self._connection, cookie, None)
        data = self._xcb.xcb_get_image_data(reply)
        colour = int.from_bytes(bytes(data[:3]), "little")
        xcb.free()(reply)
        return colour

    def wait_until(self, colour: int, place: tuple[int, int] = AWAY, *, differs: bool = False) -> float:
        """Wait until the place has the colour, or another one, and return when that was seen."""
        pause, deadline = threading.Event(), time.monotonic() + _TIMEOUT_S
        while (self.pixel(place) == colour) == differs:
            assert time.monotonic() < deadline, "the screen did not change"
            pause.wait(_POLL_S)
        return time.monotonic()


def _pixels() -> ctypes.CDLL:
    core = xcb.library()
    core.xcb_connect.argtypes, core.xcb_connect.restype = [c_char_p, c_void_p], c_void_p
    core.xcb_disconnect.argtypes = [c_void_p]
    place = [c_int16, c_int16, c_uint16, c_uint16]
    core.xcb_get_image.argtypes, core.xcb_get_image.restype = (
        [c_void_p, c_uint8, c_uint32, *place, c_uint32],
        xcb.Cookie,
    )
    core.xcb_get_image_reply.argtypes, core.xcb_get_image_reply.restype = [c_void_p, xcb.Cookie, c_void_p], c_void_p
    core.xcb_get_image_data.argtypes, core.xcb_get_image_data.restype = [c_void_p], POINTER(c_uint8)
    return core


@contextmanager
def stage(size: str) -> Iterator[tuple[Hand, Program]]:
    """Run a desk on a screen of that size that is light all over."""
    width, height = size.split("x")
    with x_server(size, window_manager=False) as display, tempfile.TemporaryDirectory() as folder:
        shown = Program("tests.e2e.pattern_program", ["0", "0", width, height], environment(display))
        with shown, Program("tests.e2e.capture_program", [folder], environment(display)) as desk:
            shown.wait_for("painted")
            desk.wait_for("ready")
            hand = Hand(display)
            yield hand, desk
            hand.close()


def measure(size: str) -> Figures:
    """Capture again and again on a screen of that size."""
    to_overlay: list[float] = []
    to_crop: list[float] = []
    with stage(size) as (hand, desk):
        picture = pattern(*map(int, size.split("x")))
        light, inside = (picture.pixel(*place) & 0xFFFFFF for place in (AWAY, INSIDE))
        hand.wait_until(light)
        for _ in range(ROUNDS + 1):
            begun = hand.press_hotkey()
            to_overlay.append(1000 * (hand.wait_until(light, differs=True) - begun))
            let_go = hand.drag(inside)
            to_crop.append(1000 * (desk.wait_for("captured")["time"] - let_go))
            hand.wait_until(light)
    first, *others = to_overlay
    return Figures(
        *(round(value, 1) for value in (first, statistics.median(others), max(others))),
        *(round(value, 1) for value in (statistics.median(to_crop), max(to_crop))),
    )


def main() -> None:
    """Print a table and the same as JSON; the exit code says whether the goals are met."""
    results = {name: measure(size) for name, size in SIZES.items()}
    print("screen   key to overlay: median  slowest  first    release to crop: median  slowest   (ms)")
    for name, row in results.items():
        print(
            f"{name:8} {row.key_to_overlay:22.1f} {row.slowest_key_to_overlay:8.1f} {row.first_key_to_overlay:6.1f}"
            f" {row.release_to_crop:26.1f} {row.slowest_release_to_crop:8.1f}"
        )
    print(json.dumps({name: asdict(row) for name, row in results.items()}))
    met = all(
        row.key_to_overlay < GOALS_MS[name] and row.release_to_crop < GOAL_CROP_MS for name, row in results.items()
    )
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
