"""From the start of the process to a painted window, and to a hotkey that works; the engine loads meanwhile."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from _report import publish

from tests.benchmarks._hand import hand_on, wait
from tests.e2e.real_program import LISTENS, real_program
from tests.e2e.virtual_screens import environment, x_server

ROUNDS = 10
GOAL_MS = 400
CENTRE = (960, 540)
"""The window manager puts the window into the middle of the screen, which is black before."""
BLACK = 0


def start(home: Path, display: str) -> tuple[float, float]:
    """Start the program and return the seconds until its window is painted and until it listens for the hotkey."""
    with hand_on(display) as hand:
        hand.wait_for_colour(CENTRE, BLACK)
        begun = time.monotonic()
        with real_program(home, environment(display)) as program:
            seen = len(program.log())
            painted = hand.wait_for_change(CENTRE, BLACK) - begun
            listening = wait(lambda: LISTENS in program.log()[seen:]) - begun
            return painted, listening


def main() -> None:
    """Start again and again in the same home; the first start makes it and is counted apart."""
    with x_server() as display, tempfile.TemporaryDirectory() as folder:
        first, *others = [start(Path(folder), display) for _ in range(ROUNDS + 1)]
    rows = []
    for at, what, goal in ((0, "painted window", str(GOAL_MS)), (1, "working hotkey", "")):
        times = [1000 * each[at] for each in others]
        figures = {"median": statistics.median(times), "slowest": max(times), "first": 1000 * first[at]}
        rows.append(
            {"process start to": what, **{name: round(each, 1) for name, each in figures.items()}, "goal": goal}
        )
    publish("start", rows, f"milliseconds, {ROUNDS} starts after the first")


if __name__ == "__main__":
    main()
