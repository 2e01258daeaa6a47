"""How long a capture takes: from the key to the picture on the screen, from letting go to the cut-out pixels.

A real X server without a monitor, a real key press (XTest), and the pixels of the real screen: a capture counts as
painted when a pixel that was light is seen to be dark.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from _report import publish

from tests.benchmarks._hand import Hand, hand_on
from tests.e2e.pattern_program import pattern
from tests.e2e.virtual_screens import Program, environment, x_server

SIZES = {"1080p": "1920x1080", "4K": "3840x2160"}
GOALS_MS = {"1080p": 80, "4K": 160}
GOAL_CROP_MS = 20
ROUNDS = 15
AWAY, INSIDE = (1200, 900), (500, 260)
"""Places that are watched: one far from what is chosen, one in it."""
START, END = (300, 200), (700, 320)


@contextmanager
def stage(size: str) -> Iterator[tuple[Hand, Program]]:
    """Run a desk on a screen of that size that is light all over."""
    width, height = size.split("x")
    with x_server(size, window_manager=False) as display, tempfile.TemporaryDirectory() as folder:
        shown = Program("tests.e2e.pattern_program", ["0", "0", width, height], environment(display))
        with shown, Program("tests.e2e.capture_program", [folder], environment(display)) as desk:
            shown.wait_for("painted")
            desk.wait_for("ready")
            with hand_on(display) as hand:
                yield hand, desk


def measure(size: str) -> tuple[list[float], list[float]]:
    """Capture again and again; return the milliseconds to each overlay and to each picture."""
    to_overlay: list[float] = []
    to_crop: list[float] = []
    with stage(size) as (hand, desk):
        picture = pattern(*map(int, size.split("x")))
        light, inside = (picture.pixel(*place) & 0xFFFFFF for place in (AWAY, INSIDE))
        hand.wait_for_colour(AWAY, light)
        for _ in range(ROUNDS + 1):
            begun = hand.press_hotkey()
            to_overlay.append(1000 * (hand.wait_for_change(AWAY, light) - begun))
            let_go = hand.drag(START, END, INSIDE, inside)
            to_crop.append(1000 * (desk.wait_for("captured")["time"] - let_go))
            hand.wait_for_colour(AWAY, light)
    return to_overlay, to_crop


def row(screen: str, what: str, times: list[float], goal: int) -> dict[str, str | float]:
    """Return the figures; the first capture is counted apart, it makes the windows."""
    first, *others = times
    figures = {"median": statistics.median(others), "slowest": max(others), "first": first}
    return {
        "screen": screen,
        "from ... to": what,
        **{name: round(value, 1) for name, value in figures.items()},
        "goal": goal,
    }


def main() -> None:
    """Measure every size."""
    rows = []
    for name, size in SIZES.items():
        to_overlay, to_crop = measure(size)
        rows.append(row(name, "key to overlay", to_overlay, GOALS_MS[name]))
        rows.append(row(name, "release to crop", to_crop, GOAL_CROP_MS))
    publish("capture", rows, f"milliseconds, {ROUNDS} captures after the first")


if __name__ == "__main__":
    main()
